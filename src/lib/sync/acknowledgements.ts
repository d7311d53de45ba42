import { isUpdateFrame, REFUSAL_CODES, SYNC_STEP_2, type RefusalCode } from '#protocol/sync.ts';

/** What a frame brings to the server. */
export interface Carried {
  /** Local edits made until it was sent. */
  readonly edits: number;
  /** A SyncStep2 carries everything that the server lacked, not only the edit it was sent for. */
  readonly isWhole: boolean;
}

interface SentFrame extends Carried {
  readonly frame: Uint8Array;
}

/**
 * How many of this browser's edits the server has on disk. The server acknowledges frames of one socket by their count;
 * edits made offline, or in frames that were lost with a socket, are covered by the next socket's SyncStep2.
 */
export class Acknowledgements {
  #edits: number;
  #saved = 0;
  #sent = 0;
  #acknowledged = 0;
  /** Every edit up to the last acknowledged frame is in acknowledged frames. */
  #isContinuous = false;
  #waiting: SentFrame[] = [];
  #refusal: { readonly frame: number; readonly code: RefusalCode } | null = null;

  /** `unsaved` edits are known from before: the browser was closed with them. */
  constructor(unsaved = 0) {
    this.#edits = unsaved;
  }

  /** Local edits that no acknowledgement covers yet. */
  get unsaved(): number {
    return this.#edits - this.#saved;
  }

  /** Every update frame of this socket is acknowledged. */
  get isSettled(): boolean {
    return this.#acknowledged === this.#sent;
  }

  /** Of frames that no acknowledgement covers. */
  get waitingBytes(): number {
    return this.#waiting.reduce((sum, { frame }) => sum + frame.length, 0);
  }

  /** Update frames of this socket that are acknowledged. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** Why the last refused frame was refused, until an acknowledgement passes it. */
  get refusal(): RefusalCode | null {
    return this.#refusal?.code ?? null;
  }

  /** Before the frame that carries the edit is sent, if one is. */
  edited(): void {
    this.#edits += 1;
  }

  /** A new socket counts from zero. */
  opened(): void {
    this.#sent = 0;
    this.#acknowledged = 0;
    this.#waiting = [];
    this.#refusal = null;
    this.#isContinuous = this.unsaved === 0;
  }

  /** What a frame that is made now carries, if it is sent as it is. */
  carriedBy(frame: Uint8Array): Carried {
    return { edits: this.#edits, isWhole: frame[1] === SYNC_STEP_2 };
  }

  sent(frame: Uint8Array, carried = this.carriedBy(frame)): void {
    if (!isUpdateFrame(frame)) return;
    this.#sent += 1;
    this.#waiting.push({ ...carried, frame });
  }

  /** Returns the frames that are acknowledged by it. */
  durable(frames: number): readonly Uint8Array[] {
    const covered = this.#waiting.splice(0, frames - this.#acknowledged);
    this.#acknowledged = Math.max(this.#acknowledged, frames);
    if (covered.some(({ isWhole }) => isWhole)) this.#isContinuous = true;
    const last = covered.at(-1);
    if (last && this.#isContinuous) this.#saved = Math.max(this.#saved, last.edits);
    if (this.#refusal && this.#refusal.frame <= frames) this.#refusal = null;
    return covered.map(({ frame }) => frame);
  }

  /** `hasWords`: something in this browser is not on the server, whether it was counted or not. */
  refused(frame: number, code: RefusalCode, hasWords = this.unsaved > 0): void {
    // nothing of the author's own was in it: Yjs tidies up after others, and the server does so by itself
    if (code === REFUSAL_CODES.notAllowed && !hasWords) this.durable(frame);
    else this.#refusal = { frame, code };
  }
}
