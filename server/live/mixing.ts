import { randomInt } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';
import type { Actor } from '#domain/forum/seat.ts';
import type { ForumId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import { isSmallGroups } from '#domain/script/small-groups.ts';
import type { Guests, Seating } from '#domain/seating/guest.ts';
import { findings, levelled, mixing, returned, type Hall } from '#domain/seating/mix.ts';
import { rotating } from '#domain/seating/rotate.ts';
import { unreachable } from '#domain/unreachable.ts';
import { metSoFar } from '#domain/workshop/evolve-mixing.ts';
import { foreseenGroups, type ForeseenGroups } from '#domain/workshop/groups/foreseen.ts';
import { staying } from '#domain/workshop/hosts.ts';
import { satIn, seatsFor, type SeatsFor } from '#domain/workshop/seats-for.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { stepOf } from '#domain/workshop/time.ts';
import type { MixAsk, MixPreview } from '#protocol/mix-query.ts';
import type { Workshops } from './workshops.ts';

const SEEDS = 2 ** 32;

interface Parts {
  readonly workshops: Pick<Workshops, 'state' | 'planned'>;
  readonly guests: (forum: ForumId) => Promise<Guests>;
  readonly present: (workshop: WorkshopId) => ReadonlySet<SeatId>;
  /** Epoch milliseconds of the workshops' events. */
  readonly clock: () => number;
}

/** Works out how people would sit, beside the workshop's queue and in slices: commands and edits go on meanwhile. */
export class Mixing {
  readonly #parts: Parts;
  readonly #asking = new Set<SeatId>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Moves nobody. One at a time for each who asks. */
  async preview(id: WorkshopId, actor: Actor, ask: MixAsk): Promise<Result<MixPreview>> {
    if (!leads(actor)) return refused({ kind: 'notAllowed' });
    if (this.#asking.has(actor.seatId)) return refused({ kind: 'tooManyTries', seconds: 1 });
    this.#asking.add(actor.seatId);
    try {
      const state = await this.#parts.workshops.state(id);
      if (!state) return refused({ kind: 'workshopUnknown' });
      if (state.closed) return refused({ kind: 'workshopClosed' });
      const seats = asked(state, ask);
      if ('kind' in seats) return refused(seats);
      const hall = await this.#hall(state, ask);
      if (hall.rooms.length === 0) return refused({ kind: 'roomUnknown' });
      const seed = ask.seed ?? randomInt(SEEDS);
      const after = await seatedAnew(hall, seats, seed);
      const { way } = seats;
      const step = ask.way === 'step' ? ask.step : undefined;
      this.#parts.workshops.planned.keep(id, actor.seatId, {
        way,
        seed,
        version: state.seatedAt,
        after,
        ...(step && { step }),
      });
      return accepted(previewOf(state, hall, after, seed));
    } finally {
      this.#asking.delete(actor.seatId);
    }
  }

  /** Who would work together in a step in pairs or groups. */
  async groups(id: WorkshopId, actor: Actor, step: StepId): Promise<Result<ForeseenGroups>> {
    if (!leads(actor)) return refused({ kind: 'notAllowed' });
    const { workshops, guests, clock } = this.#parts;
    const state = await workshops.state(id);
    if (!state) return refused({ kind: 'workshopUnknown' });
    if (state.closed) return refused({ kind: 'workshopClosed' });
    const wanted = stepOf(state, step);
    if (!wanted || !isSmallGroups(wanted)) return refused({ kind: 'stepUnknown' });
    return accepted(foreseenGroups(state, wanted, await guests(state.forumId), clock()));
  }

  async #hall(state: WorkshopState, { wish, without }: MixAsk): Promise<Hall> {
    return {
      seating: state.seating,
      guests: await this.#parts.guests(state.forumId),
      here: this.#parts.present(state.id),
      pinned: staying(state),
      rooms: state.rooms.map(({ id }) => id).filter((room) => !without.includes(room)),
      wish,
      met: metSoFar(state),
    };
  }
}

/** What the way that was asked for is, by now. */
function asked(state: WorkshopState, { way, step: id }: MixAsk): SeatsFor | Refusal {
  if (way === 'mix' || way === 'level') return { way };
  const step = state.script.find((one) => one.id === id);
  if (!step) return { kind: 'stepUnknown' };
  const then = satIn(state, step.id);
  const seats = way === 'step' ? seatsFor(state, step) : then && ({ way: 'back', then } as const);
  return seats ?? { way: 'back', then: state.seating }; // nobody has sat there: all stay
}

async function seatedAnew(hall: Hall, seats: SeatsFor, seed: number): Promise<Seating> {
  switch (seats.way) {
    case 'mix':
      return inSlices(mixing(hall, seed));
    case 'rotate':
      return inSlices(rotating(hall, seed));
    case 'level':
      return levelled(hall);
    case 'back':
      return returned(hall, seats.then);
    default:
      return unreachable(seats);
  }
}

function previewOf(state: WorkshopState, hall: Hall, after: Seating, seed: number): MixPreview {
  const all = state.rooms.map(({ id }) => id);
  const now = findings(state.seating, { ...hall, met: [] }, all);
  const { rooms, again } = findings(after, hall, all);
  return {
    seed,
    version: state.seatedAt,
    rooms,
    moves: [...state.seating].filter(([seat, room]) => after.get(seat) !== room),
    aloneNow: now.rooms.reduce((sum, { alone }) => sum + alone.length, 0),
    again,
  };
}

async function inSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    await othersFirst();
  }
}
