import type { Awareness } from 'y-protocols/awareness';
import type { SeatId } from '#domain/ids.ts';

/** Somebody else's connection. The seat is the server's word. */
export interface Other {
  readonly client: number;
  readonly seat: SeatId;
  /** The item where the cursor stands or that is selected. */
  readonly item: string | null;
}

/** Who else has the document open, and where they are. */
export class Presence {
  #others = $state.raw<readonly Other[]>([]);
  #awareness: Awareness | null = null;
  /** Also of connections that are gone: what they wrote is still theirs. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- asked for, not shown
  readonly #seats = new Map<number, SeatId>();
  readonly #onChange = () => this.#refresh();

  get others(): readonly Other[] {
    return this.#others;
  }

  /** Each seat once, however many devices it uses. */
  get seats(): SeatId[] {
    const seats = this.#others.map(({ seat }) => seat);
    return seats.filter((seat, index) => seats.indexOf(seat) === index);
  }

  /** Whose connection it is or was, as far as this page has seen it. */
  seatOf(client: number): SeatId | null {
    return this.#seats.get(client) ?? null;
  }

  /** Others at one item. */
  at(item: string): readonly Other[] {
    return this.#others.filter((other) => other.item === item);
  }

  /** Tells the others which item this browser is at. */
  pointAt(item: string | null): void {
    this.#awareness?.setLocalStateField('item', item ?? undefined);
  }

  watch(awareness: Awareness | null): void {
    this.#awareness?.off('change', this.#onChange);
    this.#awareness = awareness;
    awareness?.on('change', this.#onChange);
    this.#refresh();
  }

  #refresh(): void {
    const states = [...(this.#awareness?.getStates() ?? [])];
    this.#others = states.flatMap(([client, state]): Other[] => {
      if (client === this.#awareness?.clientID || typeof state.seat !== 'string') return [];
      this.#seats.set(client, state.seat as SeatId);
      return [{ client, seat: state.seat as SeatId, item: typeof state.item === 'string' ? state.item : null }];
    });
  }
}
