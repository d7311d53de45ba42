import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { REACTIONS, type Board, type Item } from '#domain/board/board.ts';
import type { CommentId, ItemId, WorkshopId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { OwnCalls } from '#domain/workshop/calls/view.ts';
import type { Access } from '#domain/permissions/access.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import {
  addComment,
  addItem,
  addTheme,
  itemBody,
  mergeItems,
  moveItem,
  toggleReaction,
  type Writer,
} from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { randomId } from '#server/auth/tokens.ts';
import { BoardClient, type Door } from './board-client.ts';
import type { Member } from './cast.ts';
import type { SeatAtRoom } from './join.ts';
import { LiveClient } from './live-client.ts';
import type { Random } from './random.ts';
import { TOPICS, VOICES } from './sentences.ts';
import type { Ideas, Table, Tables } from './table.ts';
import { waitUntil } from './wait-until.ts';

const HABITS = { write: 40, extend: 14, comment: 13, react: 17, place: 12, reorder: 3, merge: 1 };
const DEEDS = 14; // in a whole session, whatever its length
const QUICKEST = 2_500; // ms between two deeds on average
const SLOWEST = 15_000;
const BETWEEN_WORDS = 260; // ms on average; a quick hand on a phone
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
  #pause = QUICKEST;
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
    this.#live = new LiveClient(at.door, about.workshop);
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

  /** Writes wherever a step lets people write, until `over`; `span`: for how many milliseconds that will be. */
  async takePart(span: number, over: AbortSignal): Promise<void> {
    this.#pause = Math.min(Math.max(span / DEEDS, QUICKEST * this.#slowness), SLOWEST);
    await this.#rest(QUICKEST * this.#slowness, over);
    while (!over.aborted && !this.isRemoved && !this.#isGoing) {
      // a step in pairs may be over before one has rested
      if (this.follow()) await waitUntil(() => this.#board.synced || over.aborted, OPENS_WITHIN);
      if (this.#beginsToWrite) {
        this.#isBusy = true;
        this.#layThemes();
        await this.#deed(this.#random.weighted(HABITS));
        this.#board.point(null);
        this.#isBusy = false;
      }
      await this.#rest(this.#pause, over);
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

  async #rest(mean: number, over: AbortSignal): Promise<void> {
    await wait(this.#random.pause(mean), undefined, { signal: over }).catch(() => undefined);
  }

  #layThemes(): void {
    if (!this.#table.layThemes()) return;
    for (const topic of TOPICS) {
      const id = this.#table.themes.get(topic);
      if (!id) continue;
      addTheme(this.#board.doc, { id, title: { text: this.#table.titleOf(topic), lang: 'en' } }, this.#writer());
    }
  }

  /** The board at which they work now. */
  #own(): { readonly document?: string; readonly access: Access } | undefined {
    const view = this.#live.view;
    if (view?.me.group && view.step.board === 'write') return view.me.group;
    return view?.rooms.find(({ id }) => id === view.me.room);
  }

  get #table(): Table {
    return this.#tables.of(this.#document);
  }

  async #deed(habit: keyof typeof HABITS): Promise<void> {
    const { doc } = this.#board;
    const board = readBoard(doc);
    const items = [...board.loose, ...board.themes.flatMap((theme) => theme.items)].filter(hasWords);
    const item = this.#random.pick(items);
    if (!item || habit === 'write') return this.#writeIdea();
    switch (habit) {
      case 'extend':
        return this.#extend(item);
      case 'comment':
        return this.#comment(item);
      case 'react':
        return toggleReaction(doc, item.id, this.#random.pick(REACTIONS) ?? 'agree', this.#writer());
      case 'place':
        return this.#place(this.#random.pick(board.loose.filter(hasWords)) ?? item);
      case 'reorder':
        return this.#reorder(board);
      case 'merge':
        return this.#merge(board);
    }
  }

  async #writeIdea(): Promise<void> {
    const { language } = this.#member;
    const idea = this.#ideas.take(language);
    if (!idea) return;
    const id = randomId() as ItemId;
    this.#table.remember(id, idea.topic);
    const theme = this.#random.next() < 0.6 ? (this.#table.themes.get(idea.topic) ?? null) : null;
    const blocks = [{ kind: 'paragraph', lang: language, runs: [] }] as const;
    addItem(this.#board.doc, { id, theme, lang: language, blocks }, this.#writer());
    await this.#type(id, idea.text);
  }

  /** Adds a phrase to what somebody wrote, in the language it was written in. */
  async #extend(item: Item): Promise<void> {
    const phrase = this.#random.pick(VOICES[item.lang]?.phrases ?? []);
    if (phrase && !textOfBlocks(item.blocks).includes(phrase)) await this.#type(item.id, ` (${phrase})`);
  }

  /** Word by word, with the cursor behind it. Stops when somebody removes the text meanwhile. */
  async #type(item: ItemId, words: string): Promise<void> {
    for (const word of words.split(/(?<=\S)(?=\s)/)) {
      const text = textOf(this.#board.doc, item);
      if (!text || !this.mayWrite) return;
      this.#board.doc.transact(() => text.insert(text.length, word), this);
      this.#board.point(item, text);
      await wait(this.#random.pause(BETWEEN_WORDS * this.#slowness));
    }
  }

  async #comment(item: Item): Promise<void> {
    const { language } = this.#member;
    const text = this.#random.pick(VOICES[language]?.comments ?? []);
    if (!text) return;
    this.#board.point(item.id);
    await wait(this.#random.pause(QUICKEST * this.#slowness));
    if (!this.mayWrite) return;
    addComment(
      this.#board.doc,
      item.id,
      { id: randomId() as CommentId, text: { text, lang: language } },
      this.#writer(),
    );
  }

  #place(item: Item): void {
    const topic = this.#table.topicOf(item.id) ?? this.#random.pick(TOPICS);
    const theme = topic && this.#table.themes.get(topic);
    if (theme) moveItem(this.#board.doc, item.id, theme, null, this.#writer());
  }

  #reorder(board: Board): void {
    const theme = this.#random.pick(board.themes);
    const item = this.#random.pick(theme?.items ?? []);
    const before = this.#random.pick(theme?.items ?? []);
    if (theme && item && before) moveItem(this.#board.doc, item.id, theme.id, before.id, this.#writer());
  }

  #merge(board: Board): void {
    const theme = this.#random.pick(board.themes.filter(({ items }) => items.length > 3));
    const [from, into] = [this.#random.pick(theme?.items ?? []), this.#random.pick(theme?.items ?? [])];
    if (from && into) mergeItems(this.#board.doc, from.id, into.id, this.#writer());
  }

  #writer(): Writer {
    return { seat: this.#seat, at: Date.now(), origin: this };
  }
}

const hasWords = (item: Item): boolean => textOfBlocks(item.blocks).trim() !== '';

/** The text of an item's last paragraph. */
function textOf(doc: Y.Doc, item: ItemId): Y.XmlText | null {
  const body = itemBody(doc, item);
  const paragraph = body && body.length > 0 ? body.get(body.length - 1) : null;
  const text = paragraph instanceof Y.XmlElement && paragraph.length > 0 ? paragraph.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
}
