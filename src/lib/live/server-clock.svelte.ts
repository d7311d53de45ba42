import { createSubscriber } from 'svelte/reactivity';

const TICK = 250; // ms; a second never seems to take two

/** The server's time on this device. Ticks only while something that is shown reads it. */
export class ServerClock {
  readonly #offset: () => number;
  readonly #subscribe = createSubscriber((tick) => {
    const timer = setInterval(tick, TICK);
    return () => clearInterval(timer);
  });

  /** @param offset milliseconds to add to `performance.now()`, see `LiveConnection.clockOffset` */
  constructor(offset: () => number) {
    this.#offset = offset;
  }

  get now(): number {
    this.#subscribe();
    return performance.now() + this.#offset();
  }
}
