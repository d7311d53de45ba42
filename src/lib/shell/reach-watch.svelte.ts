import { reach, type Reach } from './reach.ts';

const FIRST = 1_000; // ms; whoever just lost the network has mostly lost it for a moment
const MOST = 15_000;

/** Looks again and again who answers at the server's address, ever more rarely, and at once when the device says that it has a network. */
export class ReachWatch {
  #reach = $state<Reach | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wait = FIRST;
  #isStopped = false;

  /** Null: nobody knows yet. */
  get reach(): Reach | null {
    return this.#reach;
  }

  /** Returns how to stop. */
  start(): () => void {
    this.#isStopped = false;
    addEventListener('online', this.#onOnline);
    void this.#look();
    return () => {
      this.#isStopped = true;
      clearTimeout(this.#timer);
      removeEventListener('online', this.#onOnline);
    };
  }

  readonly #onOnline = () => {
    this.#wait = FIRST;
    clearTimeout(this.#timer);
    void this.#look();
  };

  async #look(): Promise<void> {
    const found = await reach();
    if (this.#isStopped) return;
    this.#reach = found;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), this.#wait * (0.8 + Math.random() * 0.4));
    this.#wait = Math.min(this.#wait * 1.5, MOST);
  }
}
