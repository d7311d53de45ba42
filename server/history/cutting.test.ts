import { afterEach, expect, test } from 'vitest';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { stepIdAt, WRITE_TOGETHER } from '#domain/script/step.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { fold } from '#domain/workshop/evolve.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { Cutting, type CuttingParts } from './cutting.ts';

const WORKSHOP = 'workshop0001' as WorkshopId;
const ROOMS = ['north0000001', 'south0000001', 'west00000001'] as RoomId[];
const [NORTH, SOUTH, WEST] = ROOMS.map((room) => documentName({ kind: 'board', room })) as DocumentName[];
const STEP: WorkshopEvent = { kind: 'stepStarted', step: stepIdAt(1), endsAt: null, at: 1 };
const UPDATE = { deletes: [], kinds: { contents: 0 } } as unknown as ScannedUpdate;

let cutting: Cutting;
afterEach(() => cutting.stop());

/** Boards, of which the database holds those that are `stored`. */
function hall(stored: Set<DocumentName>) {
  const state = fold(null, [
    {
      kind: 'workshopOpened',
      workshop: WORKSHOP,
      forum: 'forum0000001' as never,
      script: WRITE_TOGETHER,
      rooms: ROOMS.map((id) => ({ id, name: id })),
      at: 0,
    },
  ])!;
  const asked: (readonly DocumentName[])[] = [];
  const cut: DocumentName[] = [];
  let happened: (workshop: WorkshopId, events: readonly WorkshopEvent[] | null) => void;
  let written: Parameters<CuttingParts['sync']['onStored']>[0];
  let isAway = false;
  cutting = new Cutting({
    versions: {
      begun: async (documents) => {
        asked.push(documents);
        if (isAway) throw new Error('the disk is away');
        const found = new Set(documents.filter((document) => stored.has(document)));
        await Promise.resolve();
        return found;
      },
      cut: async (document) => void cut.push(document),
      cutBefore: async () => undefined,
    },
    workshops: { current: () => state, onChange: (listener) => ((happened = listener), () => undefined) },
    sync: { onStored: (listener) => ((written = listener), () => undefined) },
    clock: () => 1,
  });
  return {
    asked,
    write: (document: DocumentName) => written(document, 1, UPDATE),
    fail: (isFailing: boolean) => (isAway = isFailing),
    begin: (events: readonly WorkshopEvent[] = [STEP]) => happened(WORKSHOP, events),
    cuts: async () => {
      await cutting.idle();
      return cut.splice(0);
    },
  };
}

test('[B131] a step that begins cuts the boards on which something stands; whether it does is asked once', async () => {
  const { asked, begin, cuts, write } = hall(new Set([NORTH!]));
  begin();
  expect(await cuts()).toEqual([NORTH]);
  begin();
  expect(await cuts()).toEqual([NORTH]);
  write(SOUTH!);
  begin();
  expect(await cuts()).toEqual([NORTH, SOUTH]);
  begin([{ kind: 'seatLeft', seat: 'aida00000001' as never, at: 1 }]);
  expect(await cuts()).toEqual([]);
  expect(asked).toEqual([[NORTH, SOUTH, WEST]]);
});

test('[B131] what is written while it is asked is cut, and so is whatever could not be asked about', async () => {
  const { asked, begin, cuts, fail, write } = hall(new Set());
  fail(true);
  begin();
  expect(await cuts()).toEqual([NORTH, SOUTH, WEST]);
  fail(false);
  begin();
  await Promise.resolve();
  write(WEST!);
  expect(await cuts()).toEqual([WEST]);
  begin();
  expect(await cuts()).toEqual([WEST]);
  expect(asked).toHaveLength(2);
});
