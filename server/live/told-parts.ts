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
  /** Nothing, but told, where what it stands for may be another: words of steps to come are asked for by the version. */
  readonly control: Partial<ControlPart> | null;
  readonly screen: ScreenPart | null;
}

type Given = Partial<Pick<Parts, 'shared' | 'control'>> & Pick<Parts, 'rooms'> & { readonly screen?: ScreenPart };

const SHARED = ['closed', 'frozen', 'recall', 'script', 'step', 'board'] as const;
const CONTROL = ['turning', 'planning', 'mixing'] as const;

/** What everybody who listens to one workshop was told last, piece by piece. */
export class ToldParts {
  readonly #told = new Map<string, string>();

  constructor(state: WorkshopState, present: ReadonlySet<SeatId>, now: number) {
    this.news(state, present, now);
  }

  /** What is to be told; it counts as told. */
  news(state: WorkshopState, present: ReadonlySet<SeatId>, now: number): PartsNews {
    const [shared, control, screen] = [sharedPart(state, now), controlPart(state, now), screenPart(state, present)];
    const isNews = (piece: string, value: unknown) => this.#isNews(piece, value);
    const isNewer = isNews('version', state.version);
    return {
      shared: sharedNews(shared, isNews),
      rooms: state.rooms.map(({ id }) => roomPart(state, id, now)).filter((room) => isNews(`room ${room.id}`, room)),
      control: some(picked(CONTROL, control, isNews)) ?? (isNewer ? {} : null),
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
    if (shared) sharedNews(shared, forget);
    for (const room of rooms) forget(`room ${room.id}`, room);
    if (control) picked(CONTROL, control, forget);
    if (screen) forget('screen', screen);
  }

  #isNews(piece: string, value: unknown): boolean {
    const text = JSON.stringify(value);
    if (this.#told.get(piece) === text) return false;
    this.#told.set(piece, text);
    return true;
  }
}

type IsNews = (piece: string, value: unknown) => boolean;

function sharedNews(shared: SharedPart, isNews: IsNews): PartsNews['shared'] {
  const rooms = shared.rooms.filter(({ id, name }) => isNews(`name ${id}`, name));
  const seated = shared.seated.flatMap((count, at) => (isNews(`seated ${at}`, count) ? [[at, count] as const] : []));
  return some({
    ...picked(SHARED, shared, isNews),
    ...(rooms.length > 0 && { rooms }),
    ...(seated.length > 0 && { seated }),
  });
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
