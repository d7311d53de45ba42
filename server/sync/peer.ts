import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { Access } from '#domain/permissions/access.ts';
import * as wire from '#protocol/sync.ts';
import { report } from '#server/process/report.ts';
import { Arrears } from './arrears.ts';
import { readFrame } from './client-frame.ts';
import { readAwareness } from './cursor.ts';
import type { DocumentRoom, Member } from './document-room.ts';
import { FrameWriter, type FrameStream } from './frame-writer.ts';
import type { Inbox, Sender } from './inbox.ts';
import { Intake } from './intake.ts';
import { Offers, type OfferCounts } from './offers.ts';
import { Pointer } from './pointer.ts';
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

/** One connection to one document. */
export class Peer implements Member, Sender {
  readonly #socket: PeerSocket;
  readonly room: DocumentRoom;
  readonly #options: PeerOptions;
  readonly #intake: Intake;
  readonly #offers: Offers;
  readonly #pointer: Pointer;
  /** As the last hello told it. */
  #access: Access;
  readonly #writer: FrameWriter;
  readonly #arrears: Arrears;
  /** Frames that came after it was told to go. */
  #afterwards = 0;
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
    this.#pointer = new Pointer(this.room, this);
    this.#offers = new Offers({
      member: this,
      room: this.room,
      mayWrite: () => !this.#mayNot('write'),
      isGone: () => this.#isDismissed,
      send: (message) => this.send(message),
      queued: (bytes) => this.#intake.stored(bytes),
      hold: (answered) => this.#hold(answered),
      malformed: () => this.close(wire.CLOSE.malformed, MALFORMED),
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

  get counts(): Readonly<OfferCounts> {
    return this.#offers.counts;
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
    this.#offers.askAgain();
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
    return this.#offers.receipt(frame, seq);
  }

  notStored(frame: number): void {
    this.#offers.refuse(frame, wire.REFUSAL_CODES.notStored);
  }

  notAllowed(frame: number): void {
    this.#offers.refuse(frame, wire.REFUSAL_CODES.notAllowed);
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
        return frame.kind === wire.SYNC_STEP_1 ? this.#answer(frame.bytes) : this.#offers.take(frame.kind, frame.bytes);
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

  /** What comes behind the frame waits, so that answers keep the order of the questions. */
  #hold(answered: Promise<void>): void {
    const backlog: Uint8Array[] = [];
    this.#backlog = backlog;
    this.#intake.hold();
    answered.then(() => this.#goOn(backlog)).catch((error: unknown) => this.#fail(error));
  }

  #goOn(backlog: readonly Uint8Array[]): void {
    this.#backlog = null;
    if (this.#isDismissed) return;
    for (const frame of backlog) this.read(frame);
    if (!this.#backlog) this.#intake.release();
  }

  #point(bytes: Uint8Array): boolean {
    const entries = readAwareness(bytes);
    if (!entries) return false;
    if (!this.#mayNot('read')) this.#pointer.take(entries);
    return true;
  }

  /** Whether the access is less than needed, by the rules of this moment. */
  #mayNot(need: 'read' | 'write'): boolean {
    this.recheck();
    return need === 'write' ? this.#access !== 'write' : this.#access === 'none';
  }

  #leave(): void {
    if (this.room.members.delete(this)) this.#pointer.leave();
  }
}

const MALFORMED = 'malformed frame';
const NOBODY = Uint8Array.of(0); // an awareness update without entries
