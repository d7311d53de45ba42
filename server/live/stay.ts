import { EventEmitter } from 'node:events';

/** A connection that is made of many requests, for whoever counts connections: from the first request until it is over. */
export class Stay extends EventEmitter {
  destroyed = false;
  /** The first request was answered with a connection, and not with a refusal. */
  isWelcome = false;

  end(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('close');
  }
}
