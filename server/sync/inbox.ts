import { guarded } from '#server/process/boundary.ts';
import { AWARENESS, SYNC, SYNC_STEP_1 } from '#protocol/sync.ts';
import { Pace } from './pace.ts';

/** Who a frame came from, and takes it when its turn has come. */
export interface Sender {
  readonly room: { readonly pace: Pace };
  read(frame: Uint8Array): void;
  /** Reading has failed for a reason that is not the frame's. */
  terminate(): void;
}

/** One frame that cannot be read costs its sender the connection, and the others nothing. */
const read = guarded(
  'a frame was not read',
  (sender: Sender, frame: Uint8Array) => sender.read(frame),
  (sender) => sender.terminate(),
);

const GATHER = 10; // ms that frames wait for others: they share one flush of the disk, and one frame to each reader
const COMPANY = 0.5; // others to be expected meanwhile, over all documents, for which a frame waits: a commit is saved
const MOST_WAITING = 1_000_000; // bytes

/**
 * Frames of busy moments are read together: what one window of at most 10 ms brought is checked, stored and shown at once, and of the
 * cursors only the latest are. The first edit of a quiet document waits for nobody, and neither does a question.
 */
export class Inbox {
  readonly #pace = new Pace();
  #waiting: { readonly sender: Sender; readonly frame: Uint8Array }[] = [];
  #bytes = 0;
  #timer: NodeJS.Timeout | null = null;

  put(sender: Sender, frame: Uint8Array): void {
    const waits = this.#waits(sender, frame);
    this.#waiting.push({ sender, frame });
    this.#bytes += frame.length;
    if (!waits || this.#bytes > MOST_WAITING) this.flush();
    else
      this.#timer ??= setTimeout(
        guarded('frames were not read', () => this.flush()),
        GATHER,
      );
  }

  /** Hands out everything that waits, in the order of arrival. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#bytes = 0;
    for (const { sender, frame } of waiting) read(sender, frame);
  }

  #waits({ room }: Sender, [type, kind]: Uint8Array): boolean {
    if (type === AWARENESS) return this.#isBusy;
    if (type !== SYNC || kind === SYNC_STEP_1) return false;
    const now = performance.now();
    const wasQuiet = room.pace.isQuiet(now);
    room.pace.happened(now);
    this.#pace.happened(now);
    return !wasQuiet && this.#isBusy;
  }

  get #isBusy(): boolean {
    return this.#pace.within(GATHER) > COMPANY;
  }
}
