import type { RoomId, StepId } from '#domain/ids.ts';
import type { AnyStepKind } from '#domain/script/step.ts';
import type { Guests, Seating } from '#domain/seating/guest.ts';
import { guestOf, DEFAULT_WISH } from '#domain/seating/guest.ts';
import { meetAgain } from '#domain/seating/met.ts';
import { findings } from '#domain/seating/mix.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { evolve } from '#domain/workshop/evolve.ts';
import { metSoFar } from '#domain/workshop/evolve-mixing.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';

interface StepRun {
  readonly id: StepId;
  readonly kind: AnyStepKind;
  /** Epoch milliseconds; of a step that ran more than once, of the first time and the last. Null: it was passed over. */
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly skipped?: true;
}

type Runs = Map<StepId, { startedAt: number; endedAt: number | null }>;

/** How a workshop went, as its events tell it. */
export interface Course {
  readonly steps: readonly StepRun[];
  /** Of single people, by hand and by mixing. */
  readonly moves: number;
  /** Pairs that were put together again. */
  readonly repeatsMet: number;
  /** How many sat where nobody understood their language, in the seating in which most did. */
  readonly aloneInLanguage: number;
  readonly help: number;
  readonly broadcasts: number;
}

/** `until`: when the last step was left, if nobody closed the workshop before. */
export function courseOf(events: readonly WorkshopEvent[], guests: Guests, until: number): Course {
  let state: WorkshopState | null = null;
  const runs: Runs = new Map();
  let moves = 0;
  for (const event of events) {
    const before: WorkshopState | null = state;
    state = evolve(before, event);
    if (event.kind === 'seatMoved') moves += 1;
    if (event.kind === 'roomsMixed' || event.kind === 'mixTakenBack') moves += seatsIn(event.tables);
    if (event.kind === 'stepStarted' || event.kind === 'workshopClosed') leave(runs, before, event.at);
    if (state.step.began !== before?.step.began) enter(runs, state);
  }
  if (!state) throw new Error('a workshop without events');
  leave(runs, state, until);
  const seatings = metSoFar(state);
  return {
    steps: state.script.map((step) => {
      const { startedAt = null, endedAt = null } = runs.get(step.id) ?? {};
      const isSkipped = startedAt === null;
      return { id: step.id, kind: step.kind, startedAt, endedAt, ...(isSkipped && { skipped: true }) };
    }),
    moves,
    repeatsMet: sum(seatings.map((seating, round) => again(seating, seatings.slice(0, round), guests))),
    aloneInLanguage: Math.max(0, ...seatings.map((seating) => alone(seating, guests))),
    help: events.filter(({ kind }) => kind === 'helpCalled').length,
    broadcasts: events.filter(({ kind }) => kind === 'broadcastSent').length,
  };
}

function enter(runs: Runs, { step }: WorkshopState): void {
  runs.set(step.id, { startedAt: runs.get(step.id)?.startedAt ?? step.startedAt, endedAt: null });
}

/** A workshop that was closed has left its step already. */
function leave(runs: Runs, state: WorkshopState | null, at: number): void {
  const run = state && runs.get(state.step.id);
  if (run) run.endedAt ??= at;
}

const again = (seating: Seating, earlier: readonly Seating[], guests: Guests): number =>
  meetAgain(
    [...seating.keys()].map((seat) => guestOf(seat, guests)),
    seating,
    earlier,
  ).pairs;

function alone(seating: Seating, guests: Guests): number {
  const rooms = [...new Set<RoomId>(seating.values())];
  const hall = { guests, here: new Set(seating.keys()), pinned: new Set<never>(), rooms, wish: DEFAULT_WISH, met: [] };
  return sum(findings(seating, hall, rooms).rooms.map((room) => room.alone.length));
}

const seatsIn = (tables: readonly { readonly seats: readonly unknown[] }[]): number =>
  sum(tables.map(({ seats }) => seats.length));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
