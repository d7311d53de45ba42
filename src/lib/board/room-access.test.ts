import { expect, test } from 'vitest';
import type { RoomId } from '#domain/ids.ts';
import type { Task } from '#domain/script/step-rules.ts';
import { stepIdAt } from '#domain/script/step.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { readingBecause } from './room-access.ts';

const room = 'roomaaaa' as RoomId;
const view = (change: {
  role?: string;
  closed?: boolean;
  frozen?: true;
  task?: Task;
  notes?: boolean;
  access?: string;
}): WorkshopView =>
  ({
    closed: change.closed ?? false,
    ...(change.frozen && { frozen: change.frozen }),
    step: { id: stepIdAt(0), index: 0, began: 1, ...stepOf(change), startedAt: 0, endsAt: null },
    me: { role: change.role ?? 'participant' },
    rooms: [{ id: room, name: 'Plenary', access: change.access ?? 'read', seated: 0, seats: [] }],
  }) as unknown as WorkshopView;

const stepOf = ({ task = 'write', notes }: { task?: Task; notes?: boolean }) => ({
  task,
  board: task === 'write' || notes ? 'write' : 'read',
});

test.each([
  [{ access: 'write' }, null],
  [{ task: 'arrive' }, 'notStarted'],
  [{ task: 'write' }, 'stepEnded'],
  [{ task: 'listen' }, 'listen'],
  [{ task: 'talk' }, 'talk'],
  [{ task: 'ask' }, 'ask'],
  [{ task: 'talk', notes: true }, 'stepEnded'],
  [{ task: 'report' }, 'report'],
  [{ task: 'pause' }, 'pause'],
  [{ task: 'close' }, 'closing'],
  [{ task: 'arrive', closed: true }, 'closed'],
  [{ task: 'write', frozen: true }, 'frozen'],
  [{ role: 'observer' }, 'observing'],
  [{ role: 'translator', closed: true }, 'observing'],
  [{ role: 'organizer', closed: true, access: 'write' }, null],
] as const)('%j is told as %j', (change, reason) => expect(readingBecause(view(change), room)).toBe(reason));
