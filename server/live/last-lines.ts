import type { RoomId } from '#domain/ids.ts';
import { oneLine } from '#domain/languages/one-line.ts';
import type { Text } from '#domain/languages/text.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { documentName } from '#protocol/document-name.ts';
import type { LetterId } from '#protocol/update/written.ts';
import { report } from '#server/process/report.ts';

const EACH = 2_000; // ms between two readings of a room
const SHARE = 20; // times as long as a reading took, until the next of that room
const UNREAD = 300_000; // ms; what could not be read soon cannot either
const PAUSE = 250; // ms between two readings: of sixty rooms that all write each is read every fifteen seconds
const MOST = 160; // characters: two lines of a tile

export interface LastLine extends Text {
  /** When it was written; epoch milliseconds. */
  readonly at: number;
}

interface Letter extends LetterId {
  readonly at: number;
}

/** The item in which somebody wrote last, of each room that is watched: read off the event loop, one at a time, and seldom. */
export class LastLines {
  readonly #lineAt: (document: DocumentName, letter: LetterId) => Promise<Text | null>;
  readonly #clock: () => number;
  readonly #read: (room: RoomId) => void;
  readonly #lines = new Map<RoomId, LastLine>();
  /** From when a room may be read again. */
  readonly #freeAt = new Map<RoomId, number>();
  /** Where something was written since it was read; whoever waits longest first. */
  readonly #waiting = new Map<RoomId, Letter>();
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** `read`: a room has another line. */
  constructor(
    lineAt: (document: DocumentName, letter: LetterId) => Promise<Text | null>,
    clock: () => number,
    read: (room: RoomId) => void,
  ) {
    this.#lineAt = lineAt;
    this.#clock = clock;
    this.#read = read;
  }

  of(room: RoomId): LastLine | null {
    return this.#lines.get(room) ?? null;
  }

  wrote(room: RoomId, letter: LetterId): void {
    this.#waiting.set(room, { ...letter, at: this.#clock() });
    this.#soon();
  }

  forget(rooms: readonly RoomId[]): void {
    for (const room of rooms) for (const kept of [this.#lines, this.#freeAt, this.#waiting]) kept.delete(room);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #soon(): void {
    if (this.#isClosed || this.#waiting.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#next(), PAUSE).unref();
  }

  /** `#timer` stays set until it is through: one at a time. */
  async #next(): Promise<void> {
    const now = this.#clock();
    const due = [...this.#waiting].find(([room]) => (this.#freeAt.get(room) ?? -Infinity) <= now);
    if (due) {
      const [room, letter] = due;
      this.#waiting.delete(room);
      this.#freeAt.set(room, Infinity);
      const pause = await this.#line(room, letter);
      if (this.#freeAt.has(room)) this.#freeAt.set(room, now + pause);
    }
    this.#timer = null;
    this.#soon();
  }

  /** Returns how long the room is left alone. */
  async #line(room: RoomId, letter: Letter): Promise<number> {
    const began = performance.now();
    try {
      const line = await this.#lineAt(documentName({ kind: 'board', room }), letter);
      const text = line && cut(oneLine(line.text));
      if (text && this.#freeAt.has(room)) {
        this.#lines.set(room, { text, lang: line.lang, at: letter.at });
        this.#read(room);
      }
    } catch (error) {
      report('what is being written was not read', error);
      return UNREAD;
    }
    return Math.max(EACH, SHARE * (performance.now() - began));
  }
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > MOST ? `${letters.slice(0, MOST).join('').trimEnd()}…` : text;
}
