import type { SeatId } from '#domain/ids.ts';
import {
  controlPart,
  roomPart,
  screenPart,
  sharedPart,
  type ControlPart,
  type Parts,
  type RoomPart,
  type ScreenPart,
  type SharedPart,
} from '#domain/workshop/parts.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { SharedMessage } from '#protocol/live/down.ts';

/** What of a workshop is another than its audiences were told; null and nothing where they know. */
export interface PartsNews {
  readonly shared: SharedMessage['changed'] | null;
  readonly rooms: readonly RoomPart[];
  readonly control: Partial<ControlPart> | null;
  readonly screen: ScreenPart | null;
  /** Milliseconds until it may be told how many sit in each room, where that is another; null where it is not. */
  readonly countsIn: number | null;
}

/** A phone shows nothing of how many sit elsewhere, and each one who sits down would wake all of them. */
const COUNTS_EVERY = 10_000; // ms

type Given = Partial<Pick<Parts, 'shared' | 'control'>> & Pick<Parts, 'rooms'> & { readonly screen?: ScreenPart };

const SHARED = ['closed', 'frozen', 'choosing', 'recall', 'script', 'step', 'board', 'groups'] as const;
const CONTROL = ['turning', 'planning', 'mixing', 'screen'] as const;

/** What everybody who listens to one workshop was told last, piece by piece. */
export class ToldParts {
  readonly #told = new Map<string, string>();
  #countedAt = -Infinity;

  constructor(state: WorkshopState, present: ReadonlySet<SeatId>, now: number) {
    this.news(state, present, now);
  }

  /** What is to be told; it counts as told. */
  news(state: WorkshopState, present: ReadonlySet<SeatId>, now: number): PartsNews {
    const [shared, control, screen] = [sharedPart(state, now), controlPart(state, now), screenPart(state, present)];
    const isNews = (piece: string, value: unknown) => this.#isNews(piece, value);
    const pieces = piecesOf(shared, isNews);
    const isCounted = this.#isOtherwise('seated', shared.seated);
    const countsIn = Math.max(0, this.#countedAt + COUNTS_EVERY - now);
    const counts = isCounted && (pieces !== null || countsIn === 0) ? this.#counts(shared.seated, now) : null;
    return {
      shared: counts ? { ...pieces, seated: counts } : pieces,
      countsIn: isCounted && !counts ? countsIn : null,
      rooms: state.rooms.map(({ id }) => roomPart(state, id, now)).filter((room) => isNews(`room ${room.id}`, room)),
      control: some(picked(CONTROL, control, isNews)),
      screen: isNews('screen', screen) ? screen : null,
    };
  }

  /**
   * One viewer was given this, and others were not told yet: pieces that differ are told the next time, whatever they are by then.
   * Somebody who sat down and stood up again in between would else sit there for the viewer alone.
   */
  given({ shared, rooms, control, screen }: Given): void {
    const forget = (piece: string, value: unknown) => {
      if (this.#told.get(piece) !== JSON.stringify(value)) this.#told.delete(piece);
      return false;
    };
    if (shared) {
      piecesOf(shared, forget);
      shared.seated.forEach((count, at) => forget(`seated ${at}`, count));
      forget('seated', shared.seated);
    }
    for (const room of rooms) forget(`room ${room.id}`, room);
    if (control) picked(CONTROL, control, forget);
    if (screen) forget('screen', screen);
  }

  #counts(seated: readonly number[], now: number): NonNullable<SharedMessage['changed']['seated']> {
    this.#countedAt = now;
    this.#isNews('seated', seated);
    return seated.flatMap((count, at) => (this.#isNews(`seated ${at}`, count) ? [[at, count] as const] : []));
  }

  #isOtherwise(piece: string, value: unknown): boolean {
    return this.#told.get(piece) !== JSON.stringify(value);
  }

  #isNews(piece: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    if (this.#told.get(piece) === text) return false;
    this.#told.set(piece, text);
    return true;
  }
}

type IsNews = (piece: string, value: unknown) => boolean;

function piecesOf(shared: SharedPart, isNews: IsNews): Omit<SharedMessage['changed'], 'seated'> | null {
  const rooms = shared.rooms.filter(({ id, name }) => isNews(`name ${id}`, name));
  return some({ ...picked(SHARED, shared, isNews), ...(rooms.length > 0 && { rooms }) });
}

function picked<Part, Key extends keyof Part & string>(
  keys: readonly Key[],
  part: Part,
  isNews: IsNews,
): Partial<Pick<Part, Key>> {
  const news: Partial<Pick<Part, Key>> = {};
  for (const key of keys) if (isNews(key, part[key])) news[key] = part[key];
  return news;
}

const some = <Part extends object>(part: Part): Part | null => (Object.keys(part).length === 0 ? null : part);
