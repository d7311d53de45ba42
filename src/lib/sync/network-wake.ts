const JITTER = 500; // ms: a hall whose Wi-Fi comes back does not knock in the same instant

/** Tells when waiting for a timeout is pointless: the network came or went, or the lid was opened. */
export class NetworkWake {
  readonly #onWake: (reason: 'changed' | 'visible') => void;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(onWake: (reason: 'changed' | 'visible') => void) {
    this.#onWake = onWake;
  }

  start(): void {
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    document.addEventListener('visibilitychange', this.#onVisible);
  }

  stop(): void {
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    document.removeEventListener('visibilitychange', this.#onVisible);
    if (this.#timer) clearTimeout(this.#timer);
  }

  readonly #onOffline = () => this.#onWake('changed');
  readonly #onOnline = () => this.#later('changed');
  readonly #onVisible = () => {
    if (document.visibilityState === 'visible') this.#later('visible');
  };

  #later(reason: 'changed' | 'visible'): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onWake(reason), Math.random() * JITTER);
  }
}
