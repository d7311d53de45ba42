import { expect, test } from 'vitest';
import { Chance } from '../chance.ts';
import type { Actor } from '../forum/seat.ts';
import type { BroadcastId, QuestionId, RoomId, SeatId, StepId } from '../ids.ts';
import type { Script } from '../script/step.ts';
import { CALL_EVENTS } from '../workshop/calls/events.ts';
import type { WorkshopCommand } from '../workshop/commands.ts';
import { actor, aida, azat, bolot, Given, host, id, late, NORTH, NOW, SOUTH } from '../workshop/played.sample.ts';
import { QUESTION_EVENTS } from '../workshop/questions/events.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { TALK_EVENTS } from '../workshop/talk/events.ts';
import { circleOf, talkNow } from '../workshop/talk/state.ts';
import { access, type AskedDocument } from './access.ts';
import { takesRights } from './takes-rights.ts';

const STEPS = ['arrive', 'write', 'pairs', 'queue', 'round', 'ask', 'close'].map((step) => step as StepId);
const SCRIPT: Script = [
  { id: id('arrive'), kind: 'arrive', minutes: null },
  { id: id('write'), kind: 'writeTogether', minutes: 20 },
  { id: id('pairs'), kind: 'draft', minutes: 5, place: 'pairs' },
  { id: id('queue'), kind: 'talk', minutes: 20, settings: { turns: 'queue' } },
  { id: id('round'), kind: 'talk', minutes: 20, place: 'plenary', settings: { turns: { each: 60 } } },
  { id: id('ask'), kind: 'ask', minutes: 20 },
  { id: id('close'), kind: 'close', minutes: null },
];
const GUESTS = [aida, azat, bolot, late, actor('dana'), actor('erlan')];
const SEED = 20_261_128;
const COMMANDS = 15_000;
const RIGHTS = ['none', 'read', 'write'];

/** Some command that somebody might give now; many are refused. */
function someCommand(
  state: WorkshopState,
  chance: Chance,
  now: number,
): { readonly by: Actor; readonly command: WorkshopCommand } {
  const one = <T>(of: readonly T[]): T => of[chance.below(of.length)]!;
  const guest = one(GUESTS);
  const { seatId: seat } = guest;
  const room = one<RoomId>([NORTH, SOUTH]);
  const { id: from, began } = state.step;
  const call = one([...(state.calls?.help.values() ?? [])])?.call ?? 0;
  const question = one([...Array(5).keys()].map((number) => `question${number}` as QuestionId));
  const said = one([...(state.calls?.broadcasts ?? [])])?.id ?? ('' as BroadcastId);
  const talk = talkNow(state);
  const circle = (talk && circleOf(talk, state, seat)) ?? null;
  const since = talk?.floors.get(circle)?.since ?? 0;
  const words = { text: 'Who pays?', lang: 'en' as const };
  const byGuest: WorkshopCommand[] = [
    { kind: 'takeSeat' },
    { kind: 'callHelp' },
    { kind: 'callOffHelp', call },
    { kind: 'tellPace', pace: one(['done', 'more', null] as const), began },
    { kind: 'readBroadcast', id: said },
    { kind: 'askToSpeak', began },
    { kind: 'takeBackAsking', began },
    { kind: 'passOn', circle, from: since },
    { kind: 'askQuestion', id: question, ...words, began },
    { kind: 'takeBackQuestion', question },
    { kind: one(['supportQuestion', 'unsupportQuestion'] as const), question },
  ];
  const byHost: WorkshopCommand[] = [
    { kind: one(['pinSeat', 'unpinSeat'] as const), seat },
    { kind: one(['nameHost', 'releaseHost'] as const), room, seat },
    { kind: one(['takeHelp', 'leaveHelp', 'endHelp'] as const), call },
    { kind: 'sendBroadcast', id: `said${state.version}` as BroadcastId, ...words, until: now + 1_000 },
    { kind: 'takeBackBroadcast', id: said },
    { kind: 'giveFloor', circle, seat, from: since },
    { kind: 'passOn', circle, from: since },
    { kind: one(['answerQuestion', 'reopenQuestion', 'setQuestionAside', 'bringQuestionBack'] as const), question },
    { kind: 'moveSeat', seat, room },
    { kind: 'removeSeat', seat },
    { kind: 'startStep', step: one<StepId>(STEPS) },
    { kind: one(['freezeBoards', 'unfreezeBoards', 'recallRooms'] as const), from, began },
    { kind: one(['closeWorkshop', 'reopenWorkshop', 'reopenWorkshop'] as const) },
  ];
  return chance.below(3) === 0 ? { by: host, command: one(byHost) } : { by: guest, command: one(byGuest) };
}

/** What everybody may do with every board, by document and seat. */
function rights(state: WorkshopState, now: number): Map<string, number> {
  const groups = [...(state.groups ?? [])].flatMap(([step, made]) =>
    [...made.keys()].map((number): AskedDocument => ({ kind: 'group', workshop: state.id, step, number })),
  );
  const documents: AskedDocument[] = [NORTH, SOUTH].map((room) => ({ kind: 'board', room }));
  return new Map(
    [...documents, ...groups].flatMap((document) =>
      [host, ...GUESTS].map((who) => [
        JSON.stringify([document, who.seatId]),
        RIGHTS.indexOf(access(document, who, state, now)),
      ]),
    ),
  );
}

test('[Y4] after what takes no rights nobody may do less with any board, now or later', () => {
  const chance = new Chance(SEED);
  const given = new Given(SCRIPT);
  const happened = new Set<string>();
  const less: string[] = [];
  for (let count = 0; count < COMMANDS; count += 1) {
    const now = NOW + count * 1_000;
    const before = given.state;
    const { by, command } = someCommand(before, chance, now);
    const decision = given.when(command, by, now);
    if (!decision.ok || decision.value.some(takesRights)) continue;
    for (const { kind } of decision.value) happened.add(kind);
    for (const at of [now, now + 30 * 60_000]) {
      const after = rights(given.state, at);
      for (const [of, right] of rights(before, at))
        if ((after.get(of) ?? 0) < right) less.push(`${command.kind} ${of}`);
    }
  }
  expect(less).toEqual([]);
  const known = ['seatTaken', 'seatPinned', 'seatUnpinned', 'hostNamed', 'hostReleased'];
  const all = [...known, ...CALL_EVENTS, ...TALK_EVENTS, ...QUESTION_EVENTS];
  expect([...happened].toSorted()).toEqual(all.toSorted());
  expect(takesRights({ kind: 'seatMoved', seat: id<SeatId>('aida'), room: SOUTH, at: NOW })).toBe(true);
});
