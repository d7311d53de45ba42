import type { RoomId, SeatId } from '#domain/ids.ts';
import type { HallCalls } from '#domain/workshop/calls/view.ts';
import { byNeed, type RoomNeed } from '#domain/workshop/need.ts';
import type { RoomView } from '#domain/workshop/view.ts';
import { pageStorage } from '#lib/sync/page-storage.ts';
import type { RoomActivity } from '#protocol/live/down.ts';
import { KeptOrder } from './kept-order.ts';

const BY_NEED = 'rooms-by-need';
const AGAIN = 1_000; // ms; a pointer that has left is no change that anything tells

interface Told {
  readonly rooms: readonly RoomView[];
  readonly present: readonly SeatId[];
  readonly hall: HallCalls | null;
  readonly activity: ReadonlyMap<RoomId, RoomActivity>;
}

/** In which order the tiles of a control room stand: as the rooms do, or by need. The choice is kept on this device. */
export class TileOrder {
  readonly #told: () => Told;
  readonly #isHeld: () => boolean;
  readonly #kept = new KeptOrder();
  #isByNeed = $state(false);
  #order = $state.raw<readonly RoomId[]>([]);
  readonly #needs = $derived.by(() => {
    const { rooms, ...told } = this.#told();
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const present = new Set(told.present);
    return byNeed(rooms.map((room) => needOf(room, present, told)));
  });
  readonly #call = $derived.by(() => Math.max(-1, ...(this.#told().hall?.help ?? []).map(({ call }) => call)));
  readonly #rooms = $derived.by(() => {
    const { rooms } = this.#told();
    if (!this.#isByNeed) return rooms;
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- made anew each time
    const places = new Map(this.#order.map((room, at) => [room, at]));
    const placeOf = ({ id }: RoomView) => places.get(id) ?? places.size;
    return rooms.toSorted((one, other) => placeOf(one) - placeOf(other));
  });

  /** `isHeld`: somebody's pointer or focus is in the tiles now. */
  constructor(told: () => Told, isHeld: () => boolean) {
    this.#told = told;
    this.#isHeld = isHeld;
  }

  get rooms(): readonly RoomView[] {
    return this.#rooms;
  }
  get isByNeed(): boolean {
    return this.#isByNeed;
  }

  /** For an effect: until it ends tiles move when they may. */
  follow(): (() => void) | undefined {
    if (!this.#isByNeed) return;
    const [rooms, call] = [this.#needs, this.#call];
    const renew = () => {
      this.#order = this.#kept.at(performance.now(), { rooms, call, isHeld: this.#isHeld() });
    };
    renew();
    const timer = setInterval(renew, AGAIN);
    return () => clearInterval(timer);
  }

  recall(): void {
    this.#isByNeed = pageStorage().getItem(BY_NEED) === 'on';
  }

  stand(isByNeed: boolean): void {
    this.#isByNeed = isByNeed;
    try {
      pageStorage().setItem(BY_NEED, isByNeed ? 'on' : 'off');
    } catch {
      // a device that keeps nothing has it until the page closes
    }
  }
}

function needOf(
  { id, seats }: RoomView,
  present: ReadonlySet<SeatId>,
  { hall, activity }: Pick<Told, 'hall' | 'activity'>,
): RoomNeed {
  const call = hall?.help.find(({ room }) => room === id);
  return {
    room: id,
    call: call ? { at: call.at, isTaken: call.by !== null } : null,
    here: seats.filter((seat) => present.has(seat)).length,
    silent: activity.get(id)?.silent ?? 0,
    more: hall?.paces.find(({ room }) => room === id)?.more ?? 0,
  };
}
