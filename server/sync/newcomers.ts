import { encodeStep2, encodeUpdate } from '#protocol/sync.ts';
import type { DocumentLog } from './document-log.ts';
import { framed } from './ws-frame.ts';

const MOST_BEHIND = 64; // updates sent after the shared frame before it is made anew
const MOST_ANSWERS = 16; // state vectors whose answers are kept: after a restart a whole hall asks the same

/** Answers to SyncStep1, each encoded once for everybody who asks the same. */
export class Newcomers {
  readonly #log: DocumentLog;
  /** The document as it was when the log had so many updates. */
  #whole: { readonly frame: Uint8Array; readonly length: number } | null = null;
  #behind: Uint8Array | null = null;
  readonly #answers = new Map<string, Uint8Array>();

  constructor(log: DocumentLog) {
    this.#log = log;
  }

  /** The document grew. */
  appended(): void {
    this.#behind = null;
    if (this.#answers.size > 0) this.#answers.clear();
    if (this.#whole && this.#log.length - this.#whole.length > MOST_BEHIND) this.#whole = null;
  }

  /** Frames for somebody with these clocks: a SyncStep2, and what came since the shared one was made. */
  answer(clocks: ReadonlyMap<number, number>): Uint8Array[] {
    if (clocks.size === 0) return this.#answerAll();
    const key = [...clocks].join();
    let answer = this.#answers.get(key);
    if (!answer) {
      answer = framed(encodeStep2(this.#log.since(clocks)));
      if (this.#answers.size < MOST_ANSWERS) this.#answers.set(key, answer);
    }
    return [answer];
  }

  #answerAll(): Uint8Array[] {
    if (this.#whole && this.#whole.length < this.#log.length) this.#behind ??= this.#sinceWhole(this.#whole.length);
    if (this.#whole && this.#behind) return [this.#whole.frame, this.#behind];
    this.#whole ??= { frame: framed(encodeStep2(this.#log.whole())), length: this.#log.length };
    return [this.#whole.frame];
  }

  #sinceWhole(length: number): Uint8Array | null {
    const update = this.#log.behind(length);
    if (!update) this.#whole = null;
    return update && framed(encodeUpdate(update));
  }
}
