import { isUpdateFrame, SYNC_STEP_2, type RefusalCode } from '#protocol/sync.ts';

interface SentFrame {
  /** Local edits made until it was sent. */
  readonly edits: number;
  /** A SyncStep2 carries everything that the server lacked, not only the edit it was sent for. */
  readonly isWhole: boolean;
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

  sent(frame: Uint8Array): void {
    if (!isUpdateFrame(frame)) return;
    this.#sent += 1;
    this.#waiting.push({ edits: this.#edits, isWhole: frame[1] === SYNC_STEP_2 });
  }

  durable(frames: number): void {
    const covered = this.#waiting.splice(0, frames - this.#acknowledged);
    this.#acknowledged = Math.max(this.#acknowledged, frames);
    if (covered.some(({ isWhole }) => isWhole)) this.#isContinuous = true;
    const last = covered.at(-1);
    if (last && this.#isContinuous) this.#saved = Math.max(this.#saved, last.edits);
    if (this.#refusal && this.#refusal.frame <= frames) this.#refusal = null;
  }

  refused(frame: number, code: RefusalCode): void {
    this.#refusal = { frame, code };
  }
}
