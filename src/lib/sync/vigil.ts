import { AnswerWatch, type Watched } from './answer-watch.ts';
import { NetworkWake } from './network-wake.ts';

/** Keeps a connection from trusting a socket that leads nowhere. A module of its own: the board comes before it. */
export class Vigil {
  readonly watch: AnswerWatch;
  readonly #network: NetworkWake;

  constructor(connection: Watched & { isConnected(): boolean }) {
    this.watch = new AnswerWatch(connection);
    this.#network = new NetworkWake((waking) => {
      if (waking === 'awake' && connection.isConnected()) this.watch.probe();
      else connection.reconnect();
    });
    this.#network.start();
    this.watch.look();
  }

  stop(): void {
    this.watch.rest();
    this.#network.stop();
  }
}
