import { expect, test } from 'vitest';
import type { Actor } from '#domain/forum/seat.ts';
import type { CommandId, SeatId } from '#domain/ids.ts';
import { fold } from '#domain/workshop/evolve.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { Workshops } from '#server/live/workshops.ts';
import type { CommandAnswer } from '#server/storage/ports/events.ts';
import { MemoryStorage, NORTH, SOUTH, WORKSHOP, aForum } from '../integration/live-rig.ts';
import { Seeded } from '../faults/seeded.ts';

const TRIALS = Number(process.env.COMMAND_TRIALS ?? 2_000); // 10,000 take some ten seconds
const STEPS = [0, 1, 2].map(stepIdAt);
const LOST = 0.2;
const TWICE = 0.2;

interface Asked {
  readonly by: Actor;
  readonly id: CommandId;
  readonly command: WorkshopCommand;
  readonly answers: CommandAnswer[];
}

/** Two servers on one storage, three facilitators, and a network that loses, repeats and reorders what it carries. */
async function trial(seed: number): Promise<number> {
  const seeded = new Seeded(seed);
  const random = () => seeded.next();
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const storage = new MemoryStorage(aForum());
  const applied = new Map<CommandId, number>();
  const { append } = storage.events;
  storage.events.append = async (workshop, after, events, command, decided) => {
    const outcome = await append(workshop, after, events, command, decided);
    if (outcome === 'appended' && command !== null) applied.set(command, (applied.get(command) ?? 0) + 1);
    return outcome;
  };
  let now = 1_000_000;
  const nodes = [0, 1].map(() => new Workshops(storage, () => (now += 1)));
  const facilitators = ['one', 'two', 'three'].map((id): Actor => ({ seatId: id as SeatId, role: 'facilitator' }));
  let names = 0;
  const aCommand = (): WorkshopCommand =>
    pick<() => WorkshopCommand>([
      () => ({ kind: 'startStep', step: pick(STEPS), from: pick(STEPS) }),
      () => ({ kind: pick(['next', 'back']), from: pick(STEPS), atOnce: pick([true, false]) }),
      () => ({ kind: pick(['keepWriting', 'pauseStep', 'resumeStep']), from: stepIdAt(1) }),
      () => ({ kind: 'takeBackTurn', began: pick([2, 3, 4]) }),
      () => ({ kind: 'takeBackMinutes', added: pick([3, 4, 5]) }),
      () => ({ kind: 'extendStep', minutes: 3, room: pick([NORTH, SOUTH]) }),
      () => ({ kind: 'startStep', step: stepIdAt(1) }),
      () => ({ kind: 'extendStep', minutes: pick([1, 3]) }),
      () => ({ kind: 'renameRoom', room: pick([NORTH, SOUTH]), name: `name ${(names += 1)}` }),
      () => pick([{ kind: 'closeWorkshop' }, { kind: 'reopenWorkshop' }]),
    ])();
  const asked = Array.from({ length: 6 }, (_, index): Asked => {
    return { by: pick(facilitators), id: `command${index}` as CommandId, command: aCommand(), answers: [] };
  });
  const onTheWay: (() => Promise<void>)[] = [];
  const seen: number[] = [];
  const send = (one: Asked) => {
    if (random() < LOST) return;
    onTheWay.push(async () => {
      const node = pick(nodes);
      const answer = await node.command(WORKSHOP, one.by, one.command, one.id);
      if (random() < LOST) return;
      one.answers.push(answer);
      if (node === nodes[0]) seen.push(node.current(WORKSHOP)?.version ?? 0);
    });
    if (random() < TWICE) send(one);
  };
  while (asked.some(({ answers }) => answers.length === 0) || onTheWay.length > 0) {
    for (const one of asked) if (one.answers.length === 0) send(one);
    const batch = Array.from({ length: 2 }, () => onTheWay.splice(Math.floor(random() * onTheWay.length), 1)[0]);
    await Promise.all(batch.map((arrive) => arrive?.()));
  }

  expect(Math.max(0, ...applied.values()), `seed ${seed}`).toBeLessThanOrEqual(1);
  for (const { answers } of asked) expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  const renamed = storage.log.flatMap((event) => (event.kind === 'roomRenamed' ? [event.name] : []));
  expect(renamed).toHaveLength(new Set(renamed).size);
  // a late joiner's server knows what the others do
  const late = new Workshops(storage, () => now);
  expect(await late.state(WORKSHOP)).toEqual(fold(null, storage.log));
  for (const node of [...nodes, late]) {
    await node.refresh(WORKSHOP);
    expect(node.current(WORKSHOP)).toEqual(fold(null, storage.log));
    node.close();
  }
  return storage.log.length;
}

test('[W30] whatever is lost, repeated or reordered: each command is applied once and answered always the same', async () => {
  let events = 0;
  for (let seed = 1; seed <= TRIALS; seed += 1) events += await trial(seed);
  expect(events).toBeGreaterThan(TRIALS * 2);
});
