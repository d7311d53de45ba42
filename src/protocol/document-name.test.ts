import { expect, test } from 'vitest';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import { documentName, parseDocumentName, type DocumentRef } from './document-name.ts';

const REFS: readonly DocumentRef[] = [
  { kind: 'board', room: 'north0000001' as RoomId },
  { kind: 'draft', seat: 'seat00000001' as SeatId },
  { kind: 'group', workshop: 'workshop0001' as WorkshopId, step: 'Select-2' as StepId, number: 12 },
  { kind: 'outcome', forum: 'forum0000001' as ForumId },
];

test.each(REFS)('%o has one name, which is read back', (ref) => {
  expect(parseDocumentName(documentName(ref))).toEqual({ name: documentName(ref), ref });
});

test.each([
  'group/workshop0001/step/0',
  'group/workshop0001/step/01',
  'group/workshop0001/step/-1',
  'group/workshop0001/step/1/',
  'group/workshop0001/step/12345',
  'group/workshop0001/st ep/1',
  'group/workshop0001/st%2Fep/1',
  'group/workshop0001/../1',
  'group/Workshop0001/step/1',
  'group/workshop0001/step',
  'Group/workshop0001/step/1',
  'board/north0000001/1',
  'board/NORTH0000001',
])('%s is no document', (name) => {
  expect(parseDocumentName(name)).toBeNull();
});
