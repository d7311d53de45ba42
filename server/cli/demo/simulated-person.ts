import { setTimeout as wait } from 'node:timers/promises';
import type { WorkshopId } from '#domain/ids.ts';
import type { OwnCalls } from '#domain/workshop/calls/view.ts';
import type { OwnQuestions } from '#domain/workshop/questions/view.ts';
import type { Access } from '#domain/permissions/access.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Writer } from '#protocol/board/edit.ts';
import { nextQuestion } from './asking.ts';
import { BoardClient, type Door } from './board-client.ts';
import type { Member } from './cast.ts';
import type { SeatAtRoom } from './join.ts';
import { LiveClient } from './live-client.ts';
import type { Random } from './random.ts';
import { Resting } from './resting.ts';
import type { Ideas, Tables } from './table.ts';
import { waitUntil } from './wait-until.ts';
import { HABITS, WritingHand } from './writing-hand.ts';

const DEEDS = 14; // in a whole session, whatever its length
const QUICKEST = 2_500; // ms between two deeds on average
const SLOWEST = 15_000;
const OPENS_WITHIN = 5_000; // ms; whoever waits longer for a board looks at something else
const SAVED_WITHIN = 10_000; // ms; whoever goes looks at “Saved” first, and not for ever

interface About {
  readonly member: Member;
  readonly workshop: WorkshopId;
  readonly random: Random;
  readonly tables: Tables;
  readonly ideas: Ideas;
  /** By how much all they do takes longer, or less long, than people take. */
  readonly slowness?: number;
}

/** Somebody who sits in a room, reads the board and does what people do, at people's pace. */
export class SimulatedPerson {
  readonly #live: LiveClient;
  readonly #door: Door;
  readonly #seat: Writer['seat'];
  readonly #member: Member;
  readonly #random: Random;
  readonly #tables: Tables;
  readonly #ideas: Ideas;
  #board: BoardClient;
  #document: string;
  readonly #slowness: number;
  readonly #resting = new Resting();
  #pause = QUICKEST;
  /** What one works at, and at what one has written or asked last. */
  #work: string | null = null;
  #begunAt: string | null = null;
  #isBusy = false;
  #isOffline = false;
  #isGoing = false;
  #hasLeft = false;
  /** On boards of rooms that were left since. */
  #earlier = { edits: 0, refused: 0 };

  constructor(at: SeatAtRoom, about: About) {
    this.#door = at.door;
    this.#seat = at.seat;
    this.#document = at.document;
    this.#board = new BoardClient(at.door, at.document);
    this.#live = new LiveClient(at.door, about.workshop, () => this.#lookUp());
    this.#member = about.member;
    this.#random = about.random;
    this.#tables = about.tables;
    this.#ideas = about.ideas;
    this.#slowness = about.slowness ?? 1;
  }

  get seat(): Writer['seat'] {
    return this.#seat;
  }
  get member(): Member {
    return this.#member;
  }
  /** All that has come in on their device, in bytes. */
  get received(): number {
    return this.#door.device.bytes;
  }

  get board(): BoardClient {
    return this.#board;
  }
  get document(): string {
    return this.#document;
  }
  /** Whoever watches the demo may remove people from its forum. */
  get isRemoved(): boolean {
    return this.#live.isRemoved;
  }
  /** Gone before the end, for good. */
  get hasLeft(): boolean {
    return this.#hasLeft;
  }
  get view(): WorkshopView | null {
    return this.#live.view;
  }
  get calls(): OwnCalls | null {
    return this.#live.calls;
  }
  /** Nothing of theirs is on its way, and nothing half written. */
  get isQuiet(): boolean {
    return this.isRemoved || this.#hasLeft || (!this.#isBusy && this.#board.saved);
  }
  get edits(): number {
    return this.#earlier.edits + this.#board.edits;
  }
  get refused(): number {
    return this.#earlier.refused + this.#board.refused;
  }

  /** Whether the step that runs lets this person write on the board that is open. */
  get mayWrite(): boolean {
    const own = this.#own();
    return own?.document === this.#document && own.access === 'write';
  }

  /** Whether this person has written already where they are to write now. */
  get hasWritten(): boolean {
    return this.#work !== null && this.#begunAt === this.#work;
  }

  /** Goes to the room that the facilitator has moved this seat to, or to the board of their pair or group. False: one is there. */
  follow(): boolean {
    const document = this.#own()?.document;
    if (!document || document === this.#document) return false;
    this.#earlier = { edits: this.edits, refused: this.refused };
    this.#board.close();
    this.#document = document;
    this.#board = new BoardClient(this.#door, document);
    return true;
  }

  /** Writes and asks wherever a step lets people, until `over`; `span`: for how many milliseconds that will be. */
  async takePart(span: number, over: AbortSignal): Promise<void> {
    this.#pause = Math.min(Math.max(span / DEEDS, QUICKEST * this.#slowness), SLOWEST);
    await this.#rest(QUICKEST * this.#slowness, over);
    while (!over.aborted && !this.isRemoved && !this.#isGoing) {
      if (this.#isToBegin) await this.#rest(QUICKEST * this.#slowness, over);
      // a step in pairs may be over before one has rested
      if (this.follow()) await waitUntil(() => this.#board.synced || over.aborted, OPENS_WITHIN);
      if (this.#asking) await this.#askOrSupport();
      else if (this.#beginsToWrite) await this.#workAtBoard();
      if (!this.#isToBegin) await this.#rest(this.#pause, over);
    }
  }

  /** True when it was done. */
  async ask(command: WorkshopCommand): Promise<boolean> {
    if (this.isRemoved || this.#isGoing || this.#isOffline) return false;
    return this.#live.ask(command);
  }

  /** Is without a network for a while, and goes on writing. */
  async loseNetwork(ms: number): Promise<void> {
    if (this.isRemoved || this.#isGoing || this.#isOffline) return;
    this.#isOffline = true;
    this.#live.disconnect();
    this.#board.disconnect();
    await wait(ms);
    this.#live.connect();
    this.#board.connect();
    this.#isOffline = false;
  }

  /** Goes home, once everything is saved. */
  async leave(): Promise<void> {
    this.#isGoing = true;
    await waitUntil(() => this.isQuiet, SAVED_WITHIN);
    if (!this.isQuiet) return; // stays, so that the comparison tells
    this.#hasLeft = true;
    this.#board.close();
    this.#live.close();
  }

  close(): void {
    if (this.#hasLeft) return;
    this.#board.close();
    this.#live.close();
  }

  /** When the time is up, or the next step is announced, one finishes a sentence and begins none. */
  get #beginsToWrite(): boolean {
    const endsAt = this.#live.view?.step.endsAt ?? null;
    const isTime = endsAt === null || Date.now() < endsAt;
    return this.mayWrite && isTime && (this.#board.synced || this.#isOffline);
  }

  #rest(mean: number, over: AbortSignal): Promise<void> {
    return this.#resting.rest(this.#random.pause(mean), over);
  }

  /** Whoever has something else to do than before rests no longer. */
  #lookUp(): void {
    const { view } = this.#live;
    const own = this.#own();
    const at = this.#asking ? 'questions' : own?.access === 'write' ? own.document : null;
    const work = view && at ? `${view.step.began} ${at}` : null;
    if (work === this.#work) return;
    this.#work = work;
    if (work !== null) this.#resting.call();
  }

  get #isToBegin(): boolean {
    return this.#work !== null && this.#begunAt !== this.#work;
  }

  get #asking(): OwnQuestions | null {
    const { running } = this.#live;
    return running?.kind === 'ownQuestions' ? running : null;
  }

  async #askOrSupport(): Promise<void> {
    const own = this.#asking;
    this.#begunAt = this.#work;
    if (!own) return;
    const heard = this.#live.questions.filter(({ isAnswered }) => !isAnswered).map(({ id }) => id);
    const command = nextQuestion({ own, heard, language: this.#member.language, random: this.#random });
    if (command) await this.ask(command);
  }

  async #workAtBoard(): Promise<void> {
    const work = this.#work;
    const hand = this.#handAt(this.#document);
    this.#isBusy = true;
    hand.layThemes();
    await hand.do(this.#isToBegin ? 'write' : this.#random.weighted(HABITS));
    this.#begunAt = work;
    this.#board.point(null);
    this.#isBusy = false;
  }

  /** The board at which they work now. */
  #own(): { readonly document?: string; readonly access: Access } | undefined {
    const view = this.#live.view;
    if (view?.me.group && view.step.board === 'write') return view.me.group;
    return view?.rooms.find(({ id }) => id === view.me.room);
  }

  #handAt(document: string): WritingHand {
    return new WritingHand({
      board: this.#board,
      table: this.#tables.of(document),
      seat: this.#seat,
      member: this.#member,
      random: this.#random,
      ideas: this.#ideas,
      slowness: this.#slowness,
      mayWrite: () => this.mayWrite && this.#document === document,
    });
  }
}
