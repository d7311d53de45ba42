import { encodeUpdate, step2Head } from '#protocol/sync.ts';
import { joinUpdates } from '#protocol/update/join.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { DocumentLog } from './document-log.ts';
import { framed, frameHead } from './ws-frame.ts';

const MOST_BEHIND = 64; // updates sent after the shared frame before it is made anew
const MOST_BYTES_BEHIND = 1_000_000;
const MOST_ANSWERS = 16; // state vectors whose answers are kept: after a restart a whole hall asks the same
const MOST_KEPT = 4_000_000; // bytes of them
const MOST_CLOCKS = 1_000; // of a state vector whose answer is kept
const LARGE = 262_144; // bytes that are not copied once more to stand behind their header; less is written in one piece, and each write costs a reader's wake-up

/** Answers to SyncStep1, each encoded once for everybody who asks the same. */
export class Newcomers {
  readonly #log: DocumentLog;
  /** The document as it was before the updates in `#since`. */
  #whole: readonly Uint8Array[] | null = null;
  #since: ScannedUpdate[] = [];
  #bytesSince = 0;
  #behind: Uint8Array | null = null;
  readonly #answers = new Map<string, readonly Uint8Array[]>();
  #kept = 0;

  constructor(log: DocumentLog) {
    this.#log = log;
  }

  /** The document grew. */
  appended(update: ScannedUpdate): void {
    this.#behind = null;
    this.#answers.clear();
    this.#kept = 0;
    if (!this.#whole) return;
    this.#since.push(update);
    this.#bytesSince += update.bytes.length;
    if (this.#since.length > MOST_BEHIND || this.#bytesSince > MOST_BYTES_BEHIND) this.#forget();
  }

  /** What to write, one behind the other, to somebody with these clocks: a SyncStep2, and what came since the shared one was made. */
  answer(clocks: ReadonlyMap<number, number>): readonly Uint8Array[] {
    if (clocks.size === 0) return this.#answerAll();
    const key = clocks.size > MOST_CLOCKS ? null : [...clocks].join();
    const known = key === null ? undefined : this.#answers.get(key);
    if (known) return known;
    const answer = framedStep2(this.#log.since(clocks));
    const size = answer.reduce((sum, { length }) => sum + length, 0);
    if (key !== null && this.#answers.size < MOST_ANSWERS && this.#kept + size <= MOST_KEPT) {
      this.#answers.set(key, answer);
      this.#kept += size;
    }
    return answer;
  }

  #answerAll(): readonly Uint8Array[] {
    this.#whole ??= framedStep2(this.#log.whole());
    if (this.#since.length === 0) return this.#whole;
    this.#behind ??= framed(encodeUpdate(joinUpdates(this.#since)));
    return [...this.#whole, this.#behind];
  }

  #forget(): void {
    this.#whole = null;
    this.#since = [];
    this.#bytesSince = 0;
  }
}

/** A large one stays where it is, with its header before it. */
function framedStep2(update: Uint8Array): readonly Uint8Array[] {
  const message = step2Head(update.length);
  const head = Buffer.concat([frameHead(message.length + update.length), message]);
  return update.length > LARGE ? [head, update] : [Buffer.concat([head, update])];
}
