import * as encoding from 'lib0/encoding';
import type { SeatId } from '#domain/ids.ts';
import { encodeAwareness } from '#protocol/sync.ts';

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
  json: string;
}

/**
 * Who is at a document, in y-protocols' awareness format. The server builds every state and every clock; a connection has
 * one clientID, and nobody can speak under another seat's.
 */
export class Presence {
  readonly #entries = new Map<number, Entry>();
  /** Changed since the last flush; null marks one that left. */
  readonly #changed = new Map<number, { owner: object; clock: number; json: string }>();
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
    const entry = { owner, seat: state.seat, clock: this.#tick(), json };
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

  /**
   * What changed since the last call, as a frame for each reader; null where nothing is for that reader. Encoded once for
   * all who did not change themselves: an own echo would set the sender's cursor back.
   */
  takeNews(): (reader: object) => Uint8Array | null {
    const news = [...this.#changed];
    this.#changed.clear();
    return frames(news);
  }

  /** Everybody, for a newcomer. */
  all(): (reader: object) => Uint8Array | null {
    return frames([...this.#entries]);
  }

  /** Everybody with new clocks: clients forget those of whom they heard nothing for 30 s. */
  renewed(): (reader: object) => Uint8Array | null {
    for (const entry of this.#entries.values()) entry.clock = this.#tick();
    return this.all();
  }

  /** Grows for ever: from the wall clock, so that it does so after a restart too, when the last one is forgotten. */
  #tick(): number {
    this.#last = Math.max(this.#last + 1, this.#clock());
    return this.#last;
  }
}

type Listed = readonly (readonly [client: number, entry: { owner: object; clock: number; json: string }])[];

function frames(entries: Listed): (reader: object) => Uint8Array | null {
  const owners = new Set(entries.map(([, { owner }]) => owner));
  const encoded = (listed: Listed) => (listed.length > 0 ? encodeAwareness(encodeEntries(listed)) : null);
  const shared = encoded(entries);
  return (reader) => (owners.has(reader) ? encoded(entries.filter(([, { owner }]) => owner !== reader)) : shared);
}

function encodeEntries(entries: Listed): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const [client, { clock, json }] of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, json);
  }
  return encoding.toUint8Array(encoder);
}
