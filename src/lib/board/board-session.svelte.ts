import * as Y from 'yjs';
import { EMPTY_BOARD, type Board, type Item, type Reaction } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import { fittingLanguage } from '#domain/languages/fitting.ts';
import { textOfBlocks, type Block } from '#domain/languages/text.ts';
import { languageOfText, type Guess } from '#domain/languages/language-of-text.ts';
import { addItem, type Writer } from '#protocol/board/add-item.ts';
import type { FormerPlace } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { newId } from '#lib/new-id.ts';
import type { Change } from './change-of.ts';
import { deeds } from './deeds.ts';
import { OtherHands, type Author } from './other-hands.ts';
import { paragraphsOf } from './paragraphs.ts';
import { placesOf, type Place, type Target } from './places.ts';
import { hasAll } from './has-all.ts';
import { reuse } from './reuse.ts';
import { ownUndo } from './undo.ts';
import { whereaboutsOf } from './whereabouts.ts';

const REGRET = 60_000; // ms in which a removal can be taken back on its own; longer than its note is shown

export interface Me {
  readonly seatId: SeatId;
  readonly language: Language;
  /** The forum's. */
  readonly languages?: readonly Language[];
}

/** Of what follows from a text and is nobody's deed. */
const FOLLOWS = 'follows from the text';

export type TakenBack =
  | { readonly kind: 'done'; readonly change: Change | null }
  | { readonly kind: 'nothing' }
  /** Somebody has changed since what it did; `by` null: nobody knows who. */
  | { readonly kind: 'superseded'; readonly by: Author | null };

/** One room's board in this browser: what people see of the document, and what this seat does to it. */
export class BoardSession {
  readonly doc: Y.Doc;
  readonly me: Me;
  readonly undoManager: Y.UndoManager;
  #board = $state.raw<Board>(EMPTY_BOARD);
  #canUndo = $state(false);
  #canRedo = $state(false);
  #frame: number | null = null;
  #guess = $state.raw<Guess>();
  readonly #hands: OtherHands;
  readonly #places = $derived(placesOf(this.#board));

  /** `seed` is shown until the document has content of its own. */
  constructor(doc: Y.Doc, me: Me, seed?: Board) {
    this.doc = doc;
    this.me = me;
    this.undoManager = ownUndo(doc, this);
    this.#hands = new OtherHands(doc);
    if (seed) this.#board = seed;
    const { themes, items } = boardShape(doc);
    if (themes.size + items.size > 0) this.#read();
    themes.observeDeep(this.#changed);
    items.observeDeep(this.#changed);
    for (const event of ['stack-item-added', 'stack-item-popped', 'stack-cleared'] as const) {
      this.undoManager.on(event, this.#stacks);
    }
    for (const event of ['stack-item-added', 'stack-item-updated'] as const) {
      this.undoManager.on(event, this.#hands.noted);
    }
  }

  get board(): Board {
    return this.#board;
  }
  get canUndo(): boolean {
    return this.#canUndo;
  }
  get canRedo(): boolean {
    return this.#canRedo;
  }

  /** Undefined for an item that is gone or inside another one. */
  place(item: ItemId): Place | undefined {
    return this.#places.get(item);
  }

  /** Also inside another one. */
  shows(id: ItemId): boolean {
    return whereaboutsOf(this.#board, id) !== null;
  }

  item(id: ItemId): Item | undefined {
    const place = this.#places.get(id);
    const items = place?.theme
      ? this.#board.themes.find((theme) => theme.id === place.theme)?.items
      : this.#board.loose;
    return place && items?.[place.index];
  }

  /** The server's content has come: an empty board is really empty. */
  show(): void {
    this.#read();
  }

  /** The tables that tell languages apart have come; until then the alphabet and the forum's languages decide. */
  tellLanguagesBy(guess: Guess): void {
    this.#guess = guess;
  }

  /** By its alphabet and the forum's languages; what is stated already breaks ties, else the seat's own does. */
  languageOf(text: string, stated?: Language): Language {
    const own = stated !== undefined && fittingLanguage(stated, text) === stated ? stated : this.me.language;
    return languageOfText(text, { own, forum: this.me.languages ?? [] }, this.#guess);
  }

  addTheme(title: string, lang: Language = this.languageOf(title)): ThemeId {
    const id = newId<ThemeId>();
    this.#deed((writer) => deeds().edit.addTheme(this.doc, { id, title: { text: title, lang } }, writer));
    return id;
  }

  /** `was`: the title from which `title` was made. */
  renameTheme(theme: ThemeId, title: string, was?: string): void {
    this.#deed((writer) => deeds().edit.renameTheme(this.doc, theme, title, writer, was));
    deeds().followTitle(this.doc, theme, this.#languageOf, FOLLOWS);
  }

  moveTheme(theme: ThemeId, before: ThemeId | null): void {
    this.#deed((writer) => deeds().edit.moveTheme(this.doc, theme, before, writer));
  }

  /** Its items stay, without a theme. */
  removeTheme(theme: ThemeId): () => void {
    return this.#removal((writer) => deeds().edit.removeTheme(this.doc, theme, writer));
  }

  /** Each line becomes a paragraph. */
  addItem(text: string, theme: ThemeId | null, lang: Language = this.languageOf(text)): ItemId {
    const id = newId<ItemId>();
    this.#deed((writer) => addItem(this.doc, { id, theme, lang, blocks: this.#blocksOf(text, lang) }, writer));
    return id;
  }

  move(item: ItemId, { theme, before }: Target): void {
    this.#deed((writer) => deeds().edit.moveItem(this.doc, item, theme, before, writer));
  }

  merge(from: ItemId, into: ItemId): void {
    this.#deed((writer) => deeds().edit.mergeItems(this.doc, from, into, writer));
  }

  split(item: ItemId): void {
    this.#deed((writer) => deeds().edit.splitItem(this.doc, item, writer));
  }

  /** Returns how to put it back, whatever else was done since. */
  remove(item: ItemId): () => void {
    return this.#removal((writer) => deeds().edit.removeItem(this.doc, item, writer));
  }

  /** Somebody else deleted it. */
  bringBack(item: Item, place: FormerPlace): void {
    this.#deed((writer) => deeds().edit.bringBack(this.doc, item, place, writer));
  }

  /** Takes in what was written into a copy of this very document; false when the copy is of another one. */
  takeIn(copy: Y.Doc, known: Uint8Array): boolean {
    if (!hasAll(this.doc, known)) return false;
    const update = Y.encodeStateAsUpdate(copy, Y.encodeStateVector(this.doc));
    this.#deed(({ origin }) => Y.applyUpdate(this.doc, update, origin));
    return true;
  }

  /** From then on its text does not say it; null: it does again. */
  setLanguage(item: ItemId, lang: Language | null): void {
    this.#deed((writer) => deeds().edit.setItemLanguage(this.doc, item, lang, writer));
    if (lang === null) this.followText(item);
  }

  /** Called while somebody here writes in it, and when the editor is closed. */
  followText(item: ItemId, isBeingWritten = false): void {
    deeds().followText(this.doc, item, this.#languageOf, { origin: FOLLOWS, withBlocks: !isBeingWritten });
  }

  comment(item: ItemId, text: string, lang: Language = this.languageOf(text)): void {
    const comment = { id: newId<CommentId>(), text: { text, lang } };
    this.#deed((writer) => deeds().edit.addComment(this.doc, item, comment, writer));
  }

  removeComment(item: ItemId, comment: CommentId): void {
    this.#deed((writer) => deeds().edit.removeComment(this.doc, item, comment, writer));
  }

  react(item: ItemId, reaction: Reaction): void {
    this.#deed((writer) => deeds().edit.toggleReaction(this.doc, item, reaction, writer));
  }

  /** Takes back the last deed of this browser; false when nothing was. */
  undo(): boolean {
    return this.takeBack('undo').kind === 'done';
  }

  redo(): boolean {
    return this.takeBack('redo').kind === 'done';
  }

  /** The last deed, or what was taken back of them, and no other: not even when somebody else has changed since what it did. */
  takeBack(way: 'undo' | 'redo'): TakenBack {
    this.#read();
    const before = this.#board;
    const done = deeds().undoOne(this.undoManager, way);
    this.#stacks();
    this.#read();
    if (done.kind === 'done') return { kind: 'done', change: deeds().changeOf(before, this.#board) };
    if (done.kind === 'nothing') return done;
    const by = done.client === null ? this.#hands.lastAt(done.step) : { client: done.client, seat: null };
    return { kind: 'superseded', by };
  }

  destroy(): void {
    const { themes, items } = boardShape(this.doc);
    themes.unobserveDeep(this.#changed);
    items.unobserveDeep(this.#changed);
    this.undoManager.destroy();
    this.#hands.destroy();
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
  }

  readonly #languageOf = (text: string, stated: Language | undefined): Language => this.languageOf(text, stated);

  /** Lines in another alphabet have a language of their own. */
  #blocksOf(text: string, lang: Language): Block[] {
    return paragraphsOf(text, lang).map((block) => {
      const words = textOfBlocks([block]);
      return fittingLanguage(lang, words) === lang ? block : { ...block, lang: this.languageOf(words) };
    });
  }

  /** One undo takes back one deed, however quickly deeds follow each other. */
  #deed(act: (writer: Writer) => void, origin: unknown = this): void {
    this.undoManager.stopCapturing();
    act({ seat: this.me.seatId, at: Date.now(), origin });
    this.undoManager.stopCapturing();
    this.#read();
  }

  #removal(act: (writer: Writer) => void): () => void {
    const origin = {};
    const { themes, items } = boardShape(this.doc);
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- Yjs reads it, no component does
    const own = new Y.UndoManager([themes, items], { trackedOrigins: new Set([origin]) });
    this.undoManager.addTrackedOrigin(origin);
    this.#deed(act, origin);
    const { undoStack } = this.undoManager;
    const step = undoStack.at(-1);
    const forget = setTimeout(() => own.destroy(), REGRET);
    return () => {
      clearTimeout(forget);
      own.undo();
      own.destroy();
      // it is taken back: there is nothing left in it that an undo could mean
      if (step && undoStack.includes(step)) undoStack.splice(undoStack.indexOf(step), 1);
      this.#read();
    };
  }

  readonly #changed = () => {
    this.#frame ??= requestAnimationFrame(() => this.#read());
  };

  readonly #stacks = () => {
    this.#canUndo = this.undoManager.canUndo();
    this.#canRedo = this.undoManager.canRedo();
  };

  #read(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
    this.#board = reuse(this.#board, readBoard(this.doc));
  }
}
