import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
  AWARENESS,
  DURABLE,
  SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
  encodeAwareness,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from '#protocol/sync.ts';
import type { Board, Writer } from './board.ts';
import type { Tally } from './tally.ts';
import { Wire } from './wire.ts';

/** How a server wants to be spoken to: y-websocket's frames, or Hocuspocus', which name the document in each. */
export type Dialect = 'y-websocket' | 'hocuspocus';

export interface PersonOptions {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dialect: Dialect;
  readonly board: Board;
  readonly tally: Tally;
  readonly onLost: (why: string) => void;
}

const EMPTY_UPDATE = Uint8Array.of(0, 0);
const EMPTY_STATE_VECTOR = Uint8Array.of(0);
const HOCUSPOCUS_SYNC_REPLY = 4;
const HOCUSPOCUS_SYNC_STATUS = 8;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz ';

/** One client: it answers as a stock one does, counts what it is given, and may type. */
export class Person {
  /** Milliseconds from opening the socket to SyncStep2 (`synced`), and to holding every edit made before (`whole`). */
  readonly took: { synced: number | null; whole: number | null } = { synced: null, whole: null };
  readonly #options: PersonOptions;
  readonly #wire: Wire;
  readonly #prefix: Uint8Array;
  readonly #startedAt = performance.now();
  readonly #client = Math.floor(Math.random() * 2 ** 32);
  /** Clock up to which this person has each writer's edits. */
  readonly #held: number[] = [];
  /** Own clock after each update frame, for acknowledgements that count frames. */
  readonly #clockAfter: number[] = [];
  #acknowledgedFrames = 0;
  #writing: { doc: Y.Doc; writer: Writer; index: number; cursor: boolean } | null = null;
  #awarenessClock = 0;

  constructor(options: PersonOptions) {
    this.#options = options;
    const { board, tally, dialect } = options;
    this.#prefix = dialect === 'hocuspocus' ? named(board.document) : new Uint8Array();
    this.#wire = new Wire({
      url: new URL(options.url),
      headers: options.headers,
      onOpen: () => this.#greet(),
      onMessage: (message, now) => this.#receive(message, now),
      onBytes: (count) => (tally.bytes += count),
      onLost: options.onLost,
    });
  }

  get isSynced(): boolean {
    return this.took.synced !== null;
  }

  /** Whether everything that anybody sent on this board has arrived; one's own is there anyway. */
  get hasAll(): boolean {
    return this.#options.board.writers.every(({ sent }, index) => this.#isOwn(index) || this.held(index) >= sent);
  }

  /** Own edits that the server said it has, if it says so. */
  get acknowledged(): number {
    return this.#acknowledgedFrames === 0 ? 0 : (this.#clockAfter[this.#acknowledgedFrames - 1] ?? 0);
  }

  get writer(): number | null {
    return this.#writing?.index ?? null;
  }

  held(writer: number): number {
    return this.#held[writer] ?? 0;
  }

  becomeWriter(cursor: boolean): void {
    const doc = new Y.Doc();
    doc.clientID = this.#client;
    const writer: Writer = { client: this.#client, sent: 0, sentAt: [] };
    this.#writing = { doc, writer, cursor, index: this.#options.board.add(writer) };
    doc.on('update', (update: Uint8Array) => {
      writer.sentAt[writer.sent] = performance.now();
      writer.sent += 1;
      this.#options.tally.sent += 1;
      this.#sendUpdate(encodeUpdate(update), writer.sent);
    });
  }

  /** One character behind one's last. */
  type(): void {
    if (!this.#writing) return;
    const { doc, writer, cursor } = this.#writing;
    const text = doc.getText('items');
    text.insert(text.length, LETTERS[writer.sent % LETTERS.length]!);
    if (cursor) this.announce();
  }

  /** The awareness state as an editor sends it: who, and where the cursor is. */
  announce(): void {
    this.#awarenessClock += 1;
    const sent = this.#writing?.writer.sent ?? 0;
    const position = { type: null, tname: 'items', item: { client: this.#client, clock: sent - 1 }, assoc: 0 };
    const state = {
      user: { name: `Guest ${this.#client}`, color: '#30bced' },
      ...(sent > 0 && { cursor: { anchor: position, head: position } }),
    };
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, this.#client);
    encoding.writeVarUint(encoder, this.#awarenessClock);
    encoding.writeVarString(encoder, JSON.stringify(state));
    this.#send(encodeAwareness(encoding.toUint8Array(encoder)));
  }

  leave(): void {
    this.#wire.close();
    this.#writing?.doc.destroy();
  }

  #greet(): void {
    if (this.#options.dialect === 'hocuspocus') this.#send(hocuspocusToken());
    this.#send(encodeStep1(EMPTY_STATE_VECTOR));
  }

  #receive(message: Buffer, now: number): void {
    const frame = message.subarray(this.#prefix.length);
    switch (frame[0]) {
      case SYNC:
      case HOCUSPOCUS_SYNC_REPLY:
        if (frame[1] === SYNC_STEP_1) this.#sendUpdate(encodeStep2(EMPTY_UPDATE), this.#writing?.writer.sent ?? 0);
        else this.#take(frame, now);
        break;
      case DURABLE:
        this.#acknowledgedFrames = decoding.readVarUint(decoding.createDecoder(frame.subarray(1)));
        break;
      case HOCUSPOCUS_SYNC_STATUS:
        if (frame[1] === 1) this.#acknowledgedFrames += 1;
        break;
      case AWARENESS:
      default:
    }
  }

  #take(frame: Buffer, now: number): void {
    const { board, tally } = this.#options;
    for (const { writer, clock } of board.news(frame)) {
      const before = this.held(writer);
      if (clock <= before || this.#isOwn(writer)) continue;
      this.#held[writer] = clock;
      tally.delivered += clock - before;
      const { sentAt } = board.writers[writer]!;
      for (let edit = before; edit < clock; edit += 1) {
        const at = sentAt[edit];
        if (at !== undefined) tally.took(now - at);
      }
    }
    if (frame[1] === SYNC_STEP_2) this.took.synced ??= now - this.#startedAt;
    if (this.took.synced !== null && this.took.whole === null && this.hasAll) this.took.whole = now - this.#startedAt;
  }

  #isOwn(writer: number): boolean {
    return this.#writing?.index === writer;
  }

  #sendUpdate(message: Uint8Array, clock: number): void {
    this.#clockAfter.push(clock);
    this.#send(message);
  }

  #send(message: Uint8Array): void {
    this.#wire.send(this.#prefix.length > 0 ? Buffer.concat([this.#prefix, message]) : message);
  }
}

function named(document: string): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarString(encoder, document));
}

/** `[2][0][token]`: without it Hocuspocus answers nothing. */
function hocuspocusToken(): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 2);
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarString(encoder, 'bench');
  });
}
