import { expect, test } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { readingBecause } from './room-access.ts';

const room = 'roomaaaa' as RoomId;
const view = (change: { role?: string; closed?: boolean; kind?: string; access?: string }): WorkshopView =>
  ({
    closed: change.closed ?? false,
    step: { id: stepIdAt(0), index: 0, began: 1, kind: change.kind ?? 'writeTogether', startedAt: 0, endsAt: null },
    me: { role: change.role ?? 'participant' },
    rooms: [{ id: room, name: 'Plenary', access: change.access ?? 'read', seats: [] }],
  }) as unknown as WorkshopView;

test.each([
  [{ access: 'write' }, null],
  [{ kind: 'arrive' }, 'notStarted'],
  [{ kind: 'writeTogether' }, 'stepEnded'],
  [{ kind: 'close' }, 'closing'],
  [{ kind: 'arrive', closed: true }, 'closed'],
  [{ role: 'observer' }, 'observing'],
  [{ role: 'translator', closed: true }, 'observing'],
  [{ role: 'organizer', closed: true, access: 'write' }, null],
] as const)('%j is told as %j', (change, reason) => expect(readingBecause(view(change), room)).toBe(reason));
