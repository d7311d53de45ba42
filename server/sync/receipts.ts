/**
 * Which update frames of one socket are on disk, told by their count (SYNC.md). Frames that need no row of their own are covered
 * by the last one that waits. After a refusal nothing is acknowledged until a SyncStep2, which carries it too, is taken.
 */
export class Receipts {
  #frames = 0;
  /** The last frame that waits in the journal; 0: none. */
  #queued = 0;
  /** All frames up to here are stored as soon as `#queued` is. */
  #covered = 0;
  #isHeld = false;

  /** Update frames received; the number of the last one. */
  get frames(): number {
    return this.#frames;
  }

  /** A frame was refused, and changes build on what is missing. */
  get isHeld(): boolean {
    return this.#isHeld;
  }

  received(): void {
    this.#frames += 1;
  }

  /** The last frame waits for the disk. */
  queued(): void {
    this.#isHeld = false;
    this.#queued = this.#covered = this.#frames;
  }

  /** The last frame brought nothing new. Frames to acknowledge now; null when one before it still waits. */
  known(): number | null {
    this.#isHeld = false;
    this.#covered = this.#frames;
    return this.#queued === 0 ? this.#frames : null;
  }

  /** Frames to acknowledge when this one, which waited, is stored. */
  stored(frame: number): number {
    if (frame !== this.#queued) return frame;
    this.#queued = 0;
    return this.#covered;
  }

  refused(frame: number): void {
    if (frame === this.#queued) this.#queued = 0;
    this.#isHeld = true;
  }
}
