import * as encoding from 'lib0/encoding';
import type { SeatId } from '#domain/ids.ts';
import { encodeAwareness } from '#protocol/sync.ts';
import { framed } from './ws-frame.ts';

/** What others see of a connection: its seat by the server's word, and where it points by its own. */
export interface PresenceState {
  readonly seat: SeatId;
  readonly cursor?: unknown;
  readonly item?: string;
}

interface Entry {
  readonly owner: object;
  readonly seat: SeatId;
  clock: number;
  readonly json: string;
  toldAt: number;
}

/**
 * Who is at a document, in y-protocols' awareness format. The server builds every state and every clock; a connection has
 * one clientID, and nobody can speak under another seat's.
 */
export class Presence {
  readonly #entries = new Map<number, Entry>();
  /** Changed since the last flush; null marks one that left. */
  readonly #changed = new Map<number, Told>();
  readonly #clock: () => number;
  #last = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** False when the clientID is in use by another seat. */
  set(owner: object, client: number, state: PresenceState): boolean {
    const before = this.#entries.get(client);
    if (before && before.seat !== state.seat) return false;
    const json = JSON.stringify(state);
    if (before?.owner === owner && before.json === json) return true; // a heartbeat without news
    const entry = { owner, seat: state.seat, clock: this.#tick(), json, toldAt: this.#clock() };
    this.#entries.set(client, entry);
    this.#changed.set(client, entry);
    return true;
  }

  /** Only its owner's: a connection that was replaced takes nobody away when it closes. */
  remove(owner: object, client: number): void {
    const entry = this.#entries.get(client);
    if (entry?.owner !== owner) return;
    this.#entries.delete(client);
    this.#changed.set(client, { owner, clock: this.#tick(), json: 'null' });
  }

  get hasNews(): boolean {
    return this.#changed.size > 0;
  }

  /** What changed since the last call. */
  takeNews(): PresenceNews {
    const news = [...this.#changed];
    this.#changed.clear();
    return new PresenceNews(news);
  }

  /** Everybody, for a newcomer. */
  all(reader: object): Uint8Array | null {
    return new PresenceNews([...this.#entries]).for(reader);
  }

  /** Tells again of those who were last told of so many milliseconds ago: clients forget a state that is silent for 30 s. */
  renew(silentFor: number): void {
    const before = this.#clock() - silentFor;
    for (const [client, entry] of this.#entries) {
      if (entry.toldAt > before) continue;
      entry.clock = this.#tick();
      entry.toldAt = this.#clock();
      this.#changed.set(client, entry);
    }
  }

  /** Grows for ever: from the wall clock, so that it does so after a restart too, when the last one is forgotten. */
  #tick(): number {
    this.#last = Math.max(this.#last + 1, this.#clock());
    return this.#last;
  }
}

type Listed = readonly (readonly [client: number, entry: Told])[];

interface Told {
  readonly owner: object;
  readonly clock: number;
  readonly json: string;
}

/** Changed states, encoded once for all who did not change themselves: an own echo would set the sender's cursor back. */
export class PresenceNews {
  readonly owners: ReadonlySet<object>;
  /** A whole websocket frame. */
  readonly forOthers: Uint8Array;
  readonly #listed: Listed;

  constructor(listed: Listed) {
    this.#listed = listed;
    this.owners = new Set(listed.map(([, { owner }]) => owner));
    this.forOthers = framed(encodeEntries(listed));
  }

  /** The message for a reader without its own states; null when nothing is left. */
  for(reader: object): Uint8Array | null {
    const others = this.#listed.filter(([, { owner }]) => owner !== reader);
    return others.length > 0 ? encodeEntries(others) : null;
  }
}

function encodeEntries(entries: Listed): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, { clock, json }] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  }
  return encodeAwareness(encoding.toUint8Array(encoder));
}
