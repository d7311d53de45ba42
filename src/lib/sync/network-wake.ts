/** What the live channel tells the window when it stands: here as a word of its own, since a shared module would draw this one into the first load. */
const REACHED = 'dastarkhan:reached';
const JITTER = 500; // ms: a hall whose Wi-Fi comes back does not knock in the same instant
const HEAD_START = 1_000; // ms for a socket that is just opening by itself, as after a restart
const TICK = 5_000; // ms
const ASLEEP = 20_000; // ms between two ticks: not a busy page but a machine that slept

/** `changed`: the socket is surely not good any more. `awake`: nobody knows. */
export type Waking = 'changed' | 'awake';

/** Tells when waiting for a timeout is pointless: the network came or went, the lid was opened, the page came back from the past. */
export class NetworkWake {
  readonly #onWake: (waking: Waking) => void;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #reachedTimer: ReturnType<typeof setTimeout> | null = null;
  #clock: ReturnType<typeof setInterval> | null = null;
  #lastTick = 0;

  constructor(onWake: (waking: Waking) => void) {
    this.#onWake = onWake;
  }

  start(): void {
    addEventListener('online', this.#onOnline);
    addEventListener('offline', this.#onOffline);
    addEventListener(REACHED, this.#onReached);
    addEventListener('pageshow', this.#onPageShow);
    document.addEventListener('visibilitychange', this.#onVisible);
    document.addEventListener('resume', this.#onResume);
    // a laptop that slept with this tab in front tells nobody
    this.#lastTick = Date.now();
    this.#clock = setInterval(this.#onTick, TICK);
  }

  stop(): void {
    removeEventListener('online', this.#onOnline);
    removeEventListener('offline', this.#onOffline);
    removeEventListener(REACHED, this.#onReached);
    removeEventListener('pageshow', this.#onPageShow);
    document.removeEventListener('visibilitychange', this.#onVisible);
    document.removeEventListener('resume', this.#onResume);
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#reachedTimer) clearTimeout(this.#reachedTimer);
    if (this.#clock) clearInterval(this.#clock);
  }

  readonly #onOffline = () => this.#onWake('changed');
  readonly #onOnline = () => this.#later('changed');
  readonly #onReached = () => {
    if (this.#reachedTimer) clearTimeout(this.#reachedTimer);
    this.#reachedTimer = setTimeout(() => this.#onWake('awake'), HEAD_START + Math.random() * JITTER);
  };
  readonly #onResume = () => this.#later('awake');
  readonly #onVisible = () => {
    if (document.visibilityState === 'visible') this.#later('awake');
  };
  /** Kept whole by the browser while somebody was on another page: its socket was closed without a word. */
  readonly #onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) this.#later('changed');
  };
  readonly #onTick = () => {
    const slept = Date.now() - this.#lastTick;
    this.#lastTick = Date.now();
    if (slept > ASLEEP && document.visibilityState === 'visible') this.#later('awake');
  };

  #later(waking: Waking): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#onWake(waking), Math.random() * JITTER);
  }
}
