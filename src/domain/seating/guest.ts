import type { RoomId, SeatId } from '../ids.ts';
import type { Language } from '../languages/language.ts';

/** What seating knows of a person. A guest without a language or a country is alone in none, and mixed with none. */
export interface Guest {
  readonly seat: SeatId;
  readonly country: string | null;
  /** The own one first, then what they understand; of an interpreter all they work in. */
  readonly languages: readonly Language[];
}

/** Who these seats are, as far as anybody knows. */
export type Guests = ReadonlyMap<SeatId, Guest>;

/** Who sits where. */
export type Seating = ReadonlyMap<SeatId, RoomId>;

/**
 * `country: mix` spreads delegations over the rooms. Of languages, `company` leaves nobody the only one of theirs in a room, `mix`
 * spreads them and leaves most people alone, `together` gathers them.
 */
export interface Wish {
  readonly country: 'mix' | 'off';
  readonly language: 'company' | 'mix' | 'together' | 'off';
}

export const DEFAULT_WISH: Wish = { country: 'mix', language: 'company' };

export const guestOf = (seat: SeatId, guests: Guests): Guest =>
  guests.get(seat) ?? { seat, country: null, languages: [] };
