import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Access } from '#domain/permissions/access.ts';
import { unreachable } from '#domain/unreachable.ts';
import * as wire from '#protocol/sync.ts';
import { scanUpdate, type ScannedUpdate } from '#protocol/update/scan.ts';
import { report } from '#server/process/report.ts';
import { Arrears } from './arrears.ts';
import { readFrame } from './client-frame.ts';
import { readAwareness, readPointing } from './cursor.ts';
import type { DocumentRoom, Member, Offered } from './document-room.ts';
import { FrameWriter, type FrameStream } from './frame-writer.ts';
import type { Inbox, Sender } from './inbox.ts';
import { Intake } from './intake.ts';
import { Receipts } from './receipts.ts';
import type { SeatBudget } from './seat-budgets.ts';
import type { WriteRules } from './write-rules.ts';
import { framed } from './ws-frame.ts';

export const MAX_FRAME = LIMITS.frame.most;

const PIECE = 262_144; // bytes of an answer written at once
const MOST_AFTERWARDS = 200;
const SEARCH_SHARE = 8; // going through a document costs about an eighth of sending it

/** What a peer wants of a WebSocket. */
export interface PeerSocket {
  readonly readyState: number;
  readonly OPEN: number;
  readonly isPaused: boolean;
  on(event: 'message', listener: (data: Buffer, isBinary: boolean) => void): unknown;
  on(event: 'ping' | 'pong' | 'error' | 'close', listener: () => void): unknown;
  once(event: 'close', listener: () => void): unknown;
  send(message: Uint8Array): void;
  ping(): void;
  pause(): void;
  resume(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

export interface PeerOptions {
  readonly socket: PeerSocket;
  /** The stream below the socket: frames that were encoded once for many are written to it as they are. */
  readonly stream: FrameStream;
  readonly room: DocumentRoom;
  readonly inbox: Inbox;
  readonly seat: SeatId;
  readonly rules: WriteRules;
  readonly budget: SeatBudget;
  /** Asked again for every frame. */
  readonly access: () => Access;
  readonly clock: () => number;
}

export interface PeerCounts {
  taken: number;
  refused: number;
}

/** One connection to one document. */
export class Peer implements Member, Sender {
  readonly #socket: PeerSocket;
  readonly room: DocumentRoom;
  readonly #options: PeerOptions;
  readonly #intake: Intake;
  readonly counts: PeerCounts = { taken: 0, refused: 0 };
  /** As the last hello told it. */
  #access: Access;
  readonly #receipts = new Receipts();
  readonly #writer: FrameWriter;
  readonly #arrears: Arrears;
  /** Frames that came after it was told to go. */
  #afterwards = 0;
  #client: number | null = null;
  #heardAt: number;
  /** As of the last beat. */
  #spokeAt: number;
  #hasSpoken = false;
  /** Frames behind one whose answer has to be looked up first. */
  #backlog: Uint8Array[] | null = null;
  /** Gone, or told to go: nothing of it is taken any more, and it is told nothing. */
  #isDismissed = false;

  constructor(options: PeerOptions) {
    this.#options = options;
    this.#socket = options.socket;
    this.room = options.room;
    this.#access = options.access();
    this.#writer = new FrameWriter(options.stream);
    this.#arrears = new Arrears(this.#writer);
    this.#intake = new Intake({
      socket: options.socket,
      seat: options.budget,
      clock: options.clock,
      take: (frame) => options.inbox.put(this, frame),
      exhausted: () => this.close(wire.CLOSE.tryLater, 'too many frames'),
    });
    this.#heardAt = this.#spokeAt = options.clock();
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    this.#socket.on('pong', () => {
      this.#heardAt = options.clock();
      this.#intake.heard();
    });
    this.#socket.on('ping', () => this.#intake.heard());
    this.#socket.on('error', () => undefined); // `close` follows; ws has answered with the right code
    this.#socket.once('close', () => {
      options.inbox.flush(); // what it said before
      this.#intake.close();
      this.#isDismissed = true;
      this.#leave();
    });
  }

  get seat(): SeatId {
    return this.#options.seat;
  }

  get rules(): WriteRules {
    return this.#options.rules;
  }

  get mayWrite(): boolean {
    return this.#options.access() === 'write';
  }

  /** Hello first, then what the server has, then who is here. */
  open(): void {
    this.room.members.add(this);
    this.write(Buffer.concat([...this.#greeting(), ...this.#whoIsHere()]));
  }

  /** The rules may have changed: takes effect on the open connection at once. */
  recheck(): void {
    const access = this.#options.access();
    if (access === this.#access) return;
    this.#access = access;
    if (access === 'none') this.close(wire.CLOSE.notAllowed, 'no longer allowed');
    else this.#greet();
  }

  /** Whoever was refused may offer again. */
  askAgain(): void {
    if (this.#receipts.isHeld) this.send(wire.encodeStep1(this.room.contents.stateVector()));
  }

  /** Keeps a silent connection alive, or cuts it when nothing at all came back since `silentFor` milliseconds. */
  beat(silentFor: number): void {
    const now = this.#options.clock();
    if (this.#intake.isPaused) this.#heardAt = now;
    if (now - this.#heardAt > 2 * silentFor || !this.#arrears.shrink()) {
      this.terminate();
      return;
    }
    if (now - this.#heardAt > silentFor && this.#socket.readyState === this.#socket.OPEN) this.#socket.ping();
    if (this.#hasSpoken) this.#spokeAt = now;
    // y-websocket gives up after 30 s without a message; pings do not count there
    else if (now - this.#spokeAt >= silentFor) this.send(wire.encodeAwareness(NOBODY));
    this.#hasSpoken = false;
  }

  write(frames: Uint8Array): void {
    if (this.#isDismissed) return;
    if (this.#arrears.areTooLarge) {
      this.terminate();
      return;
    }
    this.#hasSpoken = true;
    try {
      this.#writer.write(frames);
    } catch (error) {
      report('a frame was not sent', error); // the other readers of the same edit get theirs
      this.terminate();
    }
  }

  /** A large document in pieces, so that one sees it arrive. */
  #writeAnswer(frame: Uint8Array): void {
    this.#arrears.owe(frame.length);
    for (let from = 0; from < frame.length; from += PIECE) this.write(frame.subarray(from, from + PIECE));
  }

  send(message: Uint8Array): void {
    this.write(framed(message));
  }

  receipt(frame: number, seq: number): Uint8Array {
    return wire.encodeDurable(this.#receipts.stored(frame), seq);
  }

  notStored(frame: number): void {
    this.#refuse(frame, wire.REFUSAL_CODES.notStored);
  }

  notAllowed(frame: number): void {
    this.#refuse(frame, wire.REFUSAL_CODES.notAllowed);
  }

  dismiss(): void {
    this.close(wire.CLOSE.restarting, 'the document is loaded again');
  }

  close(code: number, reason: string): void {
    this.#isDismissed = true;
    this.#intake.close();
    this.#leave();
    this.#socket.close(code, reason);
    this.#socket.resume(); // or its own last word would not be read
  }

  terminate(): void {
    this.#isDismissed = true;
    this.#socket.terminate();
  }

  #greet(): void {
    this.write(Buffer.concat(this.#greeting()));
  }

  #greeting(): Uint8Array[] {
    const hello = wire.encodeHello({
      protocol: wire.SYNC_PROTOCOL_VERSION,
      lineage: this.room.lineage,
      readOnly: this.#access !== 'write',
      maxFrame: MAX_FRAME,
    });
    return [framed(hello), framed(wire.encodeStep1(this.room.contents.stateVector()))];
  }

  #whoIsHere(): Uint8Array[] {
    const everybody = this.room.presence.all(this);
    return everybody ? [framed(everybody)] : [];
  }

  #receive(data: Buffer, isBinary: boolean): void {
    if (this.#isDismissed) {
      this.#afterwards += 1;
      if (this.#afterwards > MOST_AFTERWARDS) this.terminate(); // it does not listen either
      return;
    }
    this.#heardAt = this.#options.clock();
    if (isBinary) this.#intake.put(data);
    else this.close(wire.CLOSE.malformed, MALFORMED);
  }

  read(frame: Uint8Array): void {
    if (this.#isDismissed) return;
    if (this.#backlog) {
      this.#backlog.push(frame);
      return;
    }
    try {
      if (!this.#read(frame)) this.close(wire.CLOSE.malformed, MALFORMED);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** A bug of ours, met by this connection: it ends and syncs again, nobody else's does. */
  #fail(error: unknown): void {
    report(`${this.room.name}: a frame failed`, error);
    this.close(wire.CLOSE.failed, 'the server failed');
  }

  /** False when malformed. */
  #read(data: Uint8Array): boolean {
    const frame = readFrame(data);
    switch (frame?.type) {
      case undefined:
        return false;
      case wire.SYNC:
        return frame.kind === wire.SYNC_STEP_1 ? this.#answer(frame.bytes) : this.#take(frame.kind, frame.bytes);
      case wire.AWARENESS:
        return this.#point(frame.bytes);
      default:
        for (const frame of this.#whoIsHere()) {
          this.#intake.answered(frame.length);
          this.write(frame);
        }
        return true;
    }
  }

  #answer(stateVector: Uint8Array): boolean {
    if (this.#mayNot('read')) return true;
    const frames = this.room.contents.answer(stateVector);
    if (!frames) return false;
    this.#intake.answered(this.room.contents.size / SEARCH_SHARE + frames.reduce((sum, { length }) => sum + length, 0));
    for (const frame of frames) this.#writeAnswer(frame);
    return true;
  }

  #take(kind: number, bytes: Uint8Array): boolean {
    this.#receipts.received();
    const { frames, isHeld } = this.#receipts;
    const update = scanUpdate(bytes);
    if (!update) {
      this.#refuse(frames, wire.REFUSAL_CODES.malformed);
      return false;
    }
    if (this.#mayNot('write')) this.#takeFromReader(update, kind);
    else if (isHeld && kind === wire.SYNC_UPDATE) this.#refuse(frames, wire.REFUSAL_CODES.notStored);
    else this.#settle(this.room.offer(this, frames, update), kind, bytes.length);
    return true;
  }

  #settle(offered: Offered, kind: number, bytes: number): void {
    const { frames } = this.#receipts;
    switch (offered) {
      case 'queued':
        this.#receipts.queued();
        this.counts.taken += 1;
        this.#intake.stored(bytes);
        return;
      case 'known':
        return this.#cover();
      case 'gap':
        this.#refuse(frames, wire.REFUSAL_CODES.notStored);
        // a step 2 is complete by itself: one with a gap will not get better by asking again
        if (kind === wire.SYNC_UPDATE) this.askAgain();
        return;
      case 'notStored':
        return this.#refuse(frames, wire.REFUSAL_CODES.notStored);
      case 'malformed':
        this.#refuse(frames, wire.REFUSAL_CODES.malformed);
        return this.close(wire.CLOSE.malformed, MALFORMED);
      case 'stolenClient':
        return this.#refuse(frames, wire.REFUSAL_CODES.notAllowed);
      case 'tooLarge':
      case 'seatFull':
      case 'foreign':
        return this.#refuse(frames, wire.REFUSAL_CODES[offered]);
      default:
        return unreachable(offered);
    }
  }

  /** What a reader sends repeats what everybody knows, or what Yjs deletes by itself: fine. Anything new is not. */
  #takeFromReader(update: ScannedUpdate, kind: number): void {
    if (this.room.contents.isKnown(update)) this.#repeated();
    else if (!this.room.derivation.isPossible(update))
      this.#refuse(this.#receipts.frames, wire.REFUSAL_CODES.notAllowed);
    else this.#lookUp(update, kind).catch((error: unknown) => this.#fail(error));
  }

  #repeated(): void {
    if (!this.#receipts.isHeld) this.#cover();
  }

  /** What comes behind the frame waits, so that answers keep the order of the questions. */
  async #lookUp(update: ScannedUpdate, kind: number): Promise<void> {
    this.#backlog = [];
    this.#intake.hold();
    const isDerived = await this.room.derivation.explains(update, this.seat);
    const backlog = this.#backlog;
    this.#backlog = null;
    if (this.#isDismissed) return;
    if (isDerived) this.#repeated();
    else if (this.#mayNot('write')) this.#refuse(this.#receipts.frames, wire.REFUSAL_CODES.notAllowed);
    else this.#settle(this.room.offer(this, this.#receipts.frames, update), kind, update.bytes.length); // writing was opened meanwhile
    for (const frame of backlog) this.read(frame);
    if (!this.#backlog) this.#intake.release();
  }

  /** The frame needs no row of its own: it is as durable as the ones before it. */
  #cover(): void {
    const frames = this.#receipts.known();
    if (frames !== null) this.send(wire.encodeDurable(frames, this.room.seq));
  }

  #refuse(frame: number, code: wire.RefusalCode): void {
    this.#receipts.refused(frame);
    this.counts.refused += 1;
    this.send(wire.encodeRefused(frame, code));
  }

  #point(bytes: Uint8Array): boolean {
    const entries = readAwareness(bytes);
    if (!entries) return false;
    if (this.#mayNot('read')) return true;
    this.#client ??= entries[0]?.client ?? null;
    const own = entries.find(({ client }) => client === this.#client);
    if (!own) return true;
    const pointing = readPointing(own.json);
    const { presence } = this.room;
    if (!pointing) presence.remove(this, own.client);
    else if (!this.#isOwn(own.client) || !presence.set(this, own.client, { seat: this.seat, ...pointing })) {
      this.#client = null;
    }
    this.room.presenceChanged();
    return true;
  }

  /** Whether the seat may speak under the clientID; whoever may write takes it for good before anybody hears of it. */
  #isOwn(client: number): boolean {
    return this.mayWrite ? this.room.take(client, this.seat) : this.room.hold(client, this.seat);
  }

  /** Whether the access is less than needed, by the rules of this moment. */
  #mayNot(need: 'read' | 'write'): boolean {
    this.recheck();
    return need === 'write' ? this.#access !== 'write' : this.#access === 'none';
  }

  #leave(): void {
    if (!this.room.members.delete(this)) return;
    if (this.#client !== null) {
      this.room.presence.remove(this, this.#client);
      this.room.letGo(this.#client, this.seat);
    }
    this.room.presenceChanged();
  }
}

const MALFORMED = 'malformed frame';
const NOBODY = Uint8Array.of(0); // an awareness update without entries
