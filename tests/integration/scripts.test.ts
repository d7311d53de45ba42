import { afterEach, describe, expect, test } from 'vitest';
import type { SeatId, StepId } from '#domain/ids.ts';
import { isPlayable, takesPlace } from '#domain/script/step.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import { givenScript, scriptFromLibrary } from '#server/script/given-script.ts';
import { checkScript } from '#server/script/check-script.ts';
import { library } from '#server/script/library.ts';
import { WORKSHOP, liveRig, type Rig } from './live-rig.ts';
import { until } from './until.ts';

type Guest = ReturnType<Rig['join']>;
let rig: Rig;
afterEach(() => rig?.close());

const facilitator = (): Guest => rig.join(rig.seats.add('facilitator1', 'facilitator'));

/** Goes on until there is no next step; each is what everybody sees. */
async function toItsEnd(leader: Guest, people: readonly Guest[]): Promise<string[]> {
  const ran = [leader.view!.step.id as string];
  for (let next = leader.view!.turning?.next; next; next = leader.view!.turning?.next) {
    const { id: from } = leader.view!.step;
    expect(await leader.command({ kind: 'next', from, atOnce: true })).toMatchObject({ ok: true });
    await until(() => [leader, ...people].every(({ view }) => view?.step.id === next!.step));
    for (const { view } of people) {
      const { group, room } = view!.me;
      const access = group ? group.access : view!.rooms.find(({ id }) => id === room)?.access;
      expect([view!.step.kind, access, group !== undefined]).toEqual([
        view!.step.kind,
        view!.step.board,
        view!.step.groups !== undefined,
      ]);
    }
    ran.push(next.step);
  }
  return ran;
}

describe.each([7, 13, 35, 61])('with %i people', (people) => {
  test(`[W71] every script of the library runs to its end; what cannot be run is passed over and listed`, async () => {
    for (const { id } of library()) {
      rig = await liveRig();
      const leader = facilitator();
      const guests = Array.from({ length: people }, (_, index) =>
        rig.join(rig.seats.add(`guest${String(index).padStart(7, '0')}`, 'participant')),
      );
      await until(() => leader.view && guests.every(({ view }) => view?.me.room));
      expect(await leader.command({ kind: 'chooseScript', script: id })).toMatchObject({ ok: true });
      const { steps } = scriptFromLibrary(id)!;
      await until(() => guests.every(({ view }) => view!.step.id === steps[0]!.id));
      const ran = await toItsEnd(leader, guests);
      expect([id, ran]).toEqual([id, steps.filter(takesPlace).map((step) => step.id)]);
      const skipped = leader.view!.planning!.steps.filter(({ kind }) => !isPlayable(kind)).map((step) => step.id);
      expect([id, [...ran, ...skipped].sort()]).toEqual([id, steps.map((step) => step.id as string).sort()]);
      expect([id, leader.view!.step.kind, ran.length >= 3]).toEqual([id, 'close', true]);
      await rig.close();
    }
  });
});

test('[W73] a note of the script is not in any byte that a participant is sent', async () => {
  rig = await liveRig();
  const [leader, guest] = [facilitator(), rig.join(rig.seats.add('aida00000001', 'participant'))];
  await until(() => leader.view && guest.view);
  const checked = checkScript({
    script: 1,
    title: { en: 'Ours' },
    steps: [
      { kind: 'brief', minutes: 5, note: 'canary-one', instruction: { en: 'Listen.' } },
      { kind: 'vote', minutes: 5, note: 'canary-two' },
      { kind: 'talk', minutes: 5, note: 'canary-three', settings: { notes: true } },
    ],
  });
  const given = givenScript(checked.script!);
  const actor = { seatId: 'facilitator1' as SeatId, role: 'facilitator' } as const;
  const done = await rig.workshops.command(WORKSHOP, actor, { kind: 'chooseScript', script: null }, null, given);
  expect(done.ok).toBe(true);
  await until(() => guest.view!.step.id === ('arrive' as StepId));
  expect(await toItsEnd(leader, [guest])).toEqual(['arrive', 'brief', 'talk', 'close']);
  const sent = guest.frames.join();
  expect(sent).toContain('Listen.');
  expect(sent).not.toContain('canary');
  const told = leader.frames.join();
  expect([told.includes('canary-one'), told.includes('canary-three')]).toEqual([true, true]);
});

test('[W70] a script that is asked for by a participant, or that the library has not, is refused in words', async () => {
  rig = await liveRig();
  const [leader, guest] = [facilitator(), rig.join(rig.seats.add('aida00000001', 'participant'))];
  await until(() => leader.view && guest.view);
  const choose = (script: string | null) => ({ kind: 'chooseScript', script }) as const;
  expect(await guest.command(choose('swot-45'))).toEqual({ refused: { kind: 'notAllowed' } });
  for (const none of ['constructor', 'no-such', null]) {
    expect(await leader.command(choose(none))).toEqual({ refused: { kind: 'scriptUnknown' } });
  }
});

test('[W70] people arrive before a file’s first step and it is closed after its last, and each step has an id', () => {
  const file = (steps: object[]) => checkScript({ script: 1, title: { en: 'x' }, steps }).script!;
  const ids = ({ steps }: GivenScript) => steps.map(({ id, kind }) => `${id}:${kind}`);
  expect(
    ids(
      givenScript(
        file([
          { kind: 'talk', minutes: 5 },
          { kind: 'talk', minutes: 5 },
        ]),
      ),
    ),
  ).toEqual(['arrive:arrive', 'talk:talk', 'talk-2:talk', 'close:close']);
  const taken = file([
    { id: 'close', kind: 'draft', minutes: 5 },
    { kind: 'draft', minutes: 5 },
  ]);
  expect(ids(givenScript(taken))).toEqual(['arrive:arrive', 'close:draft', 'draft:draft', 'close-2:close']);
});
