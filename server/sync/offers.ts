import { unreachable } from '#domain/unreachable.ts';
import * as wire from '#protocol/sync.ts';
import { scanUpdate, type ScannedUpdate } from '#protocol/update/scan.ts';
import type { DocumentRoom, Member, Offered } from './document-room.ts';
import { Receipts } from './receipts.ts';

export interface OfferCounts {
  taken: number;
  refused: number;
}

interface Connection {
  readonly member: Member;
  readonly room: DocumentRoom;
  /** By the rules of this moment. */
  readonly mayWrite: () => boolean;
  readonly isGone: () => boolean;
  readonly send: (message: Uint8Array) => void;
  /** So many bytes are on their way to the disk because of it. */
  readonly queued: (bytes: number) => void;
  /** Lets what comes behind wait until this is answered. */
  readonly hold: (answered: Promise<void>) => void;
  readonly malformed: () => void;
}

/** What one connection offers to its document, and what it is told of each frame. */
export class Offers {
  readonly counts: OfferCounts = { taken: 0, refused: 0 };
  readonly #connection: Connection;
  readonly #receipts = new Receipts();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** `kind`: as y-protocols counts them. False when malformed. */
  take(kind: number, bytes: Uint8Array): boolean {
    const { room, member, mayWrite } = this.#connection;
    this.#receipts.received();
    const { frames, isHeld } = this.#receipts;
    const update = scanUpdate(bytes);
    if (!update) {
      this.refuse(frames, wire.REFUSAL_CODES.malformed);
      return false;
    }
    if (!mayWrite()) this.#takeFromReader(update, kind);
    else if (isHeld && kind === wire.SYNC_UPDATE) this.refuse(frames, wire.REFUSAL_CODES.notStored);
    else this.#settle(room.offer(member, frames, update), kind, bytes.length);
    return true;
  }

  /** Whoever was refused may offer again. */
  askAgain(): void {
    const { room, send } = this.#connection;
    if (this.#receipts.isHeld) send(wire.encodeStep1(room.contents.stateVector()));
  }

  /** To be sent when the frame is stored, at `seq`. */
  receipt(frame: number, seq: number): Uint8Array {
    return wire.encodeDurable(this.#receipts.stored(frame), seq);
  }

  refuse(frame: number, code: wire.RefusalCode): void {
    this.#receipts.refused(frame);
    this.counts.refused += 1;
    this.#connection.send(wire.encodeRefused(frame, code));
  }

  #settle(offered: Offered, kind: number, bytes: number): void {
    const { frames } = this.#receipts;
    switch (offered) {
      case 'queued':
        this.#receipts.queued();
        this.counts.taken += 1;
        this.#connection.queued(bytes);
        return;
      case 'known':
        return this.#cover();
      case 'gap':
        this.refuse(frames, wire.REFUSAL_CODES.notStored);
        // a step 2 is complete by itself: one with a gap will not get better by asking again
        if (kind === wire.SYNC_UPDATE) this.askAgain();
        return;
      case 'notStored':
        return this.refuse(frames, wire.REFUSAL_CODES.notStored);
      case 'malformed':
        this.refuse(frames, wire.REFUSAL_CODES.malformed);
        return this.#connection.malformed();
      case 'stolenClient':
        return this.refuse(frames, wire.REFUSAL_CODES.notAllowed);
      case 'tooLarge':
      case 'seatFull':
      case 'foreign':
        return this.refuse(frames, wire.REFUSAL_CODES[offered]);
      default:
        return unreachable(offered);
    }
  }

  /** What a reader sends repeats what everybody knows, or what Yjs deletes by itself: fine. Anything new is not. */
  #takeFromReader(update: ScannedUpdate, kind: number): void {
    const { room, hold } = this.#connection;
    if (room.contents.isKnown(update)) this.#repeated();
    else if (!room.derivation.isPossible(update)) this.refuse(this.#receipts.frames, wire.REFUSAL_CODES.notAllowed);
    else hold(this.#lookUp(update, kind));
  }

  #repeated(): void {
    if (!this.#receipts.isHeld) this.#cover();
  }

  async #lookUp(update: ScannedUpdate, kind: number): Promise<void> {
    const { room, member, isGone, mayWrite } = this.#connection;
    const isDerived = await room.derivation.explains(update, member.seat);
    if (isGone()) return;
    const { frames } = this.#receipts;
    if (isDerived) this.#repeated();
    else if (!mayWrite()) this.refuse(frames, wire.REFUSAL_CODES.notAllowed);
    else this.#settle(room.offer(member, frames, update), kind, update.bytes.length); // writing was opened meanwhile
  }

  /** The frame needs no row of its own: it is as durable as the ones before it. */
  #cover(): void {
    const { room, send } = this.#connection;
    const frames = this.#receipts.known();
    if (frames !== null) send(wire.encodeDurable(frames, room.seq));
  }
}
