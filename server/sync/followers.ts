import type { ScannedUpdate } from '#protocol/update/scan.ts';
import type { Contents } from './contents.ts';
import type { Reader } from './outbox.ts';
import { framed } from './ws-frame.ts';

/** Whose frame it is. */
interface Sender extends Reader {
  receipt(frame: number, seq: number): Uint8Array;
  notStored(frame: number): void;
}

export interface Follower {
  readonly update: ScannedUpdate;
  readonly member: Sender;
  readonly frame: number;
}

/** Frames of which everything is on its way to the disk already, in rows that came over other connections. */
export class Followers {
  #waiting: Follower[] = [];

  add(follower: Follower): void {
    this.#waiting.push(follower);
  }

  /** After rows came to something or to nothing. `onTheWay`: those that are still to come. */
  answer(contents: Contents, onTheWay: { readonly size: number }): void {
    if (this.#waiting.length === 0) return;
    const asked = this.#waiting;
    this.#waiting = [];
    for (const follower of asked) {
      const { update, member, frame } = follower;
      if (contents.isKnown(update)) member.write(framed(member.receipt(frame, contents.seq)));
      else if (onTheWay.size > 0) this.#waiting.push(follower);
      else member.notStored(frame);
    }
  }
}
