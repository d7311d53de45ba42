import { describe, expect, test } from 'vitest';
import { ROLES, type Actor, type Role } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId } from '../ids.ts';
import { stepIdAt, WRITE_TOGETHER } from '../script/step.ts';
import type { WorkshopState } from '../workshop/state.ts';
import { access } from './access.ts';
import { mayReadName, namedPeople, reads, seatedVisitor, type Thing, type Visitor } from './reads.ts';

const A = 'roomaaaa' as RoomId;
const B = 'roombbbb' as RoomId;
const seat = (name: string) => name as SeatId;
const actor = (name: string, role: Role = 'participant'): Actor => ({ seatId: seat(name), role });

/** Aida and Bek sit in room A, Dina in B; Carim has no chair. */
const state = {
  id: 'w',
  forumId: 'f' as ForumId,
  version: 1,
  script: WRITE_TOGETHER,
  rooms: [
    { id: A, name: 'A' },
    { id: B, name: 'B' },
  ],
  seating: new Map([
    [seat('aida'), A],
    [seat('bek'), A],
    [seat('dina'), B],
  ]),
  step: { id: stepIdAt(1), index: 1, began: 1, startedAt: 0, endsAt: null },
  closed: false,
} as unknown as WorkshopState;

const visitor = (who: Actor): Visitor => seatedVisitor(who, [state]);
const VISITORS: Record<string, Visitor> = {
  nobody: { kind: 'nobody' },
  account: { kind: 'account' },
  'in A': visitor(actor('aida')),
  'in B': visitor(actor('dina')),
  roomless: visitor(actor('carim')),
  observer: visitor(actor('olga', 'observer')),
  translator: visitor(actor('timur', 'translator')),
  facilitator: visitor(actor('farida', 'facilitator')),
  organizer: visitor(actor('oral', 'organizer')),
};
const SEATS = Object.keys(VISITORS).filter((name) => !['nobody', 'account'].includes(name));
const WATCHING = ['observer', 'translator', 'facilitator', 'organizer'];
const LEADING = ['facilitator', 'organizer'];

const TABLE: [rule: string, thing: Thing, readers: string[]][] = [
  ['P20', { kind: 'entrance' }, Object.keys(VISITORS)],
  ['P20', { kind: 'account' }, ['account', ...SEATS]],
  ['P24', { kind: 'programme' }, SEATS],
  ['P24', { kind: 'joinCode' }, LEADING],
  ['P24', { kind: 'people' }, LEADING],
  ['P24', { kind: 'controlRoom' }, LEADING],
  ['P24', { kind: 'screen' }, ['observer', ...LEADING]],
  ['P24', { kind: 'versions' }, LEADING],
  ['P24', { kind: 'settings' }, ['organizer']],
  ['P21', { kind: 'board', room: A }, ['in A', ...WATCHING]],
  ['P21', { kind: 'board', room: B }, ['in B', ...WATCHING]],
  ['P27', { kind: 'group', of: [actor('aida').seatId] }, ['in A', ...LEADING]],
  ['P22', { kind: 'outcome', isOpen: false }, LEADING],
  ['P22', { kind: 'outcome', isOpen: true }, SEATS],
  ['P22', { kind: 'outcomeDraft' }, WATCHING],
];

test.each(TABLE)('[%s] %j', (_, thing, readers) => {
  expect(Object.keys(VISITORS).filter((name) => reads(VISITORS[name]!, thing))).toEqual(
    Object.keys(VISITORS).filter((name) => readers.includes(name)),
  );
});

test.each(ROLES)('[P21] the documents that open to an %s are those which the table lets read', (role) => {
  const who = actor('aida', role);
  for (const room of [A, B]) {
    const opens = access({ kind: 'board', room }, who, state, 0) !== 'none';
    expect(opens).toBe(reads(visitor(who), { kind: 'board', room }));
  }
  const opens = access({ kind: 'outcome', forum: state.forumId }, who, state, 0) !== 'none';
  expect(opens).toBe(reads(visitor(who), { kind: 'outcomeDraft' }));
});

describe('names', () => {
  const people = [
    actor('aida'),
    actor('bek'),
    actor('dina'),
    actor('carim'),
    actor('olga', 'observer'),
    actor('farida', 'facilitator'),
  ];
  const names = (who: Actor, wrote: [RoomId, string[]][] = []) =>
    namedPeople(people, [state], new Map(wrote.map(([room, seats]) => [room, new Set(seats.map(seat))])))
      .filter((one) => mayReadName(visitor(who), one))
      .map(({ seatId }) => seatId);

  test('[P23] at a table one knows those who sit there and those who may read along', () => {
    expect(names(actor('aida'))).toEqual(['aida', 'bek', 'olga', 'farida']);
    expect(names(actor('dina'))).toEqual(['dina', 'olga', 'farida']);
  });

  test('[P23] without a chair one knows oneself', () => expect(names(actor('carim'))).toEqual(['carim']));

  test('[P23] [P25] who has gone to another table stays the author of what was left here', () => {
    expect(names(actor('aida'), [[A, ['dina']]])).toContain('dina');
    expect(names(actor('dina'), [[A, ['carim']]])).not.toContain('carim');
  });

  test('[P23] who runs the forum knows all; who watches knows those at the tables and those who wrote', () => {
    expect(names(actor('farida', 'facilitator'))).toHaveLength(people.length);
    expect(names(actor('olga', 'observer'))).toEqual(['aida', 'bek', 'dina', 'olga', 'farida']);
    expect(names(actor('olga', 'observer'), [[B, ['carim']]])).toContain('carim');
  });

  test('[P20] without a seat nobody has a name', () => {
    const [aida] = namedPeople(people, [state], new Map());
    for (const kind of ['nobody', 'account'] as const) expect(mayReadName({ kind }, aida!)).toBe(false);
  });
});
