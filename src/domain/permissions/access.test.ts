import { expect, test } from 'vitest';
import { ROLES, type Role } from '../forum/seat.ts';
import type { BroadcastId, ForumId, ItemId, QuestionId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { stepIdAt, WRITE_TOGETHER } from '../script/step.ts';
import type { WorkshopCommand } from '../workshop/commands.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { access, mayRestore, type Access } from './access.ts';
import { may } from './may.ts';

const own = 'own' as RoomId;
const other = 'other' as RoomId;
const forum = 'f' as ForumId;
const me = (role: Role) => ({ seatId: 'me' as SeatId, role });

const state = (index: number, closed = false): WorkshopState => ({
  id: 'w' as WorkshopId,
  forumId: forum,
  version: 1,
  script: WRITE_TOGETHER,
  rooms: [
    { id: own, name: 'Own' },
    { id: other, name: 'Other' },
  ],
  seating: new Map([['me' as SeatId, own]]),
  seatedAt: 1,
  arrangedAt: 1,
  step: { id: stepIdAt(index), index, began: 1, startedAt: 0, endsAt: null },
  closed,
});

/** Columns: own room while people arrive, write, close, and once the workshop is closed; then another room while writing. */
const BOARDS: Record<Role, [Access, Access, Access, Access, Access]> = {
  organizer: ['write', 'write', 'write', 'write', 'write'],
  facilitator: ['write', 'write', 'write', 'read', 'write'],
  participant: ['read', 'write', 'read', 'read', 'none'],
  observer: ['read', 'read', 'read', 'read', 'read'],
  translator: ['read', 'read', 'read', 'read', 'read'],
};

test.each(ROLES)('[P1] boards: what a step allows an %s', (role) => {
  const board = (room: RoomId, at: WorkshopState) => access({ kind: 'board', room }, me(role), at, 0);
  expect([
    board(own, state(0)),
    board(own, state(1)),
    board(own, state(2)),
    board(own, state(1, true)),
    board(other, state(1)),
  ]).toEqual(BOARDS[role]);
});

test.each(ROLES)(
  '[P2] a board without its workshop, or of a room that is not in it, is out of reach of an %s',
  (role) => {
    expect(access({ kind: 'board', room: own }, me(role), null, 0)).toBe('none');
    expect(access({ kind: 'board', room: 'elsewhere' as RoomId }, me(role), state(1), 0)).toBe('none');
  },
);

test('[P3] organizers and facilitators write the outcome’s own texts, observers and translators read along', () => {
  const given = Object.fromEntries(ROLES.map((role) => [role, access({ kind: 'outcome', forum }, me(role), null, 0)]));
  expect(given).toEqual({
    organizer: 'write',
    facilitator: 'write',
    participant: 'none',
    observer: 'read',
    translator: 'read',
  });
});

test.each(ROLES)('[P4] no step uses private drafts, so an %s has none', (role) => {
  expect(access({ kind: 'draft', seat: 'me' as SeatId }, me(role), state(1), 0)).toBe('none');
});

const COMMANDS: Record<WorkshopCommand['kind'], WorkshopCommand> = {
  takeSeat: { kind: 'takeSeat' },
  moveSeat: { kind: 'moveSeat', seat: 'me' as SeatId, room: own },
  letChoose: { kind: 'letChoose' },
  endChoosing: { kind: 'endChoosing' },
  chooseRoom: { kind: 'chooseRoom', room: own },
  removeSeat: { kind: 'removeSeat', seat: 'me' as SeatId },
  pinSeat: { kind: 'pinSeat', seat: 'me' as SeatId },
  unpinSeat: { kind: 'unpinSeat', seat: 'me' as SeatId },
  mixRooms: { kind: 'mixRooms', seed: 1, version: 1 },
  takeBackMix: { kind: 'takeBackMix', mix: 1 },
  openRoom: { kind: 'openRoom', room: { id: own, name: 'x' } },
  renameRoom: { kind: 'renameRoom', room: own, name: 'x' },
  startStep: { kind: 'startStep', step: stepIdAt(0) },
  next: { kind: 'next', from: stepIdAt(0) },
  back: { kind: 'back', from: stepIdAt(1) },
  keepWriting: { kind: 'keepWriting', from: stepIdAt(1) },
  takeBackTurn: { kind: 'takeBackTurn', began: 2 },
  extendStep: { kind: 'extendStep', minutes: 1 },
  setTime: { kind: 'setTime', minutes: 5, from: stepIdAt(1) },
  takeBackMinutes: { kind: 'takeBackMinutes', added: 3 },
  pauseStep: { kind: 'pauseStep', from: stepIdAt(1) },
  resumeStep: { kind: 'resumeStep', from: stepIdAt(1) },
  setLength: { kind: 'setLength', step: stepIdAt(1), minutes: 5 },
  chooseScript: { kind: 'chooseScript', script: 'swot-45' },
  takeBackScript: { kind: 'takeBackScript', chosen: 3 },
  insertStep: {
    kind: 'insertStep',
    step: { id: 'new' as StepId, kind: 'talk', minutes: 5 },
    after: stepIdAt(1),
  },
  removeStep: { kind: 'removeStep', step: 'new' as StepId },
  moveStep: { kind: 'moveStep', step: stepIdAt(2), after: stepIdAt(0) },
  parkStep: { kind: 'parkStep', step: stepIdAt(1) },
  unparkStep: { kind: 'unparkStep', step: stepIdAt(1), after: stepIdAt(0) },
  skipStep: { kind: 'skipStep', step: stepIdAt(1) },
  unskipStep: { kind: 'unskipStep', step: stepIdAt(1) },
  changeStep: { kind: 'changeStep', step: stepIdAt(1), to: { minutes: 5 } },
  freezeBoards: { kind: 'freezeBoards', from: stepIdAt(1) },
  unfreezeBoards: { kind: 'unfreezeBoards', from: stepIdAt(1) },
  recallRooms: { kind: 'recallRooms', from: stepIdAt(1) },
  returnToRooms: { kind: 'returnToRooms', recall: 1 },
  nameHost: { kind: 'nameHost', room: own, seat: 'me' as SeatId },
  releaseHost: { kind: 'releaseHost', room: own, seat: 'me' as SeatId },
  closeWorkshop: { kind: 'closeWorkshop' },
  reopenWorkshop: { kind: 'reopenWorkshop' },
  keepApart: { kind: 'keepApart', one: 'a' as ItemId, other: 'b' as ItemId },
  takeBackApart: { kind: 'takeBackApart', one: 'a' as ItemId, other: 'b' as ItemId },
  callHelp: { kind: 'callHelp' },
  callOffHelp: { kind: 'callOffHelp', call: 3 },
  takeHelp: { kind: 'takeHelp', call: 3 },
  leaveHelp: { kind: 'leaveHelp', call: 3 },
  endHelp: { kind: 'endHelp', call: 3 },
  tellPace: { kind: 'tellPace', pace: 'done', began: 1 },
  sendBroadcast: { kind: 'sendBroadcast', id: 'x' as BroadcastId, text: 'x', lang: 'en', until: 1 },
  takeBackBroadcast: { kind: 'takeBackBroadcast', id: 'x' as BroadcastId },
  readBroadcast: { kind: 'readBroadcast', id: 'x' as BroadcastId },
  askToSpeak: { kind: 'askToSpeak', began: 1 },
  takeBackAsking: { kind: 'takeBackAsking', began: 1 },
  setScreen: { kind: 'setScreen', show: { kind: 'code' }, alsoIn: null },
  nextReport: { kind: 'nextReport', from: 1 },
  giveReport: { kind: 'giveReport', room: own, from: 1 },
  passOn: { kind: 'passOn', circle: null, from: 1 },
  askQuestion: { kind: 'askQuestion', id: 'x' as QuestionId, text: 'x', lang: 'en', began: 1 },
  takeBackQuestion: { kind: 'takeBackQuestion', question: 'x' as QuestionId },
  supportQuestion: { kind: 'supportQuestion', question: 'x' as QuestionId },
  unsupportQuestion: { kind: 'unsupportQuestion', question: 'x' as QuestionId },
  answerQuestion: { kind: 'answerQuestion', question: 'x' as QuestionId },
  reopenQuestion: { kind: 'reopenQuestion', question: 'x' as QuestionId },
  setQuestionAside: { kind: 'setQuestionAside', question: 'x' as QuestionId },
  bringQuestionBack: { kind: 'bringQuestionBack', question: 'x' as QuestionId },
  giveFloor: { kind: 'giveFloor', circle: null, seat: 'x' as SeatId, from: 1 },
};

const OWN = new Set<WorkshopCommand['kind']>([
  'takeSeat',
  'chooseRoom',
  'callHelp',
  'callOffHelp',
  'tellPace',
  'readBroadcast',
  'askToSpeak',
  'takeBackAsking',
  'askQuestion',
  'takeBackQuestion',
  'supportQuestion',
  'unsupportQuestion',
]);
/** By whoever sits here too, where the state of the talk lets them. */
const SHARED = new Set<WorkshopCommand['kind']>(['passOn', 'nextReport']);

test.each(Object.values(COMMANDS))(
  '[P5] only organizers and facilitators may $kind; participants sit down, call, tell their pace, read, ask and ask to speak',
  (command) => {
    const allowed = ROLES.filter((role) => may(me(role), command));
    const leading = OWN.has(command.kind) ? [] : ['organizer', 'facilitator'];
    const seated = OWN.has(command.kind) || SHARED.has(command.kind) ? ['participant'] : [];
    expect(allowed).toEqual([...leading, ...seated]);
  },
);

test('[P6] a participant without a room of their own opens no board', () => {
  const unseated = { ...state(1), seating: new Map() };
  expect(access({ kind: 'board', room: own }, me('participant'), unseated, 0)).toBe('none');
});

test.each(ROLES)('[Y24] whose deed a restore of a room’s or a group’s board may be: %s', (role) => {
  const step = stepIdAt(1);
  const workshop = 'w' as WorkshopId;
  const group = { number: 1, room: other, seats: ['me' as SeatId], late: [], left: [] };
  const at = (closed: boolean): WorkshopState => ({
    ...state(1, closed),
    groups: new Map([[step, new Map([[1, group]])]]),
  });
  const restores = [false, true].flatMap((closed) => [
    mayRestore({ kind: 'board', room: own }, me(role), at(closed)),
    mayRestore({ kind: 'group', workshop, step, number: 1 }, me(role), at(closed)),
  ]);
  const [open, over] = [role === 'organizer' || role === 'facilitator', role === 'organizer'];
  expect(restores).toEqual([open, open, over, over]);
  expect(mayRestore({ kind: 'group', workshop, step, number: 2 }, me(role), at(false))).toBe(false);
  expect(mayRestore({ kind: 'group', workshop: 'v' as WorkshopId, step, number: 1 }, me(role), at(false))).toBe(false);
  expect(mayRestore({ kind: 'board', room: 'nowhere' as RoomId }, me(role), at(false))).toBe(false);
  expect(mayRestore({ kind: 'outcome', forum }, me(role), at(false))).toBe(false);
});
