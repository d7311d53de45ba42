import { createContext, tick, type Snippet } from 'svelte';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import type { MountedEditor } from '#lib/editor/mount.ts';
import type { Announcements } from '#lib/heard/announcements.svelte.ts';
import type { At } from '#lib/heard/announcer.ts';
import type { MessageKey, Translate, Values } from '#lib/i18n/text.ts';
import type { Presence } from '#lib/sync/presence.svelte.ts';
import type { Toasts } from '#lib/ui/toasts.svelte.ts';
import type { Awareness } from 'y-protocols/awareness';
import { Arrival } from './arrival.svelte.ts';
import type { BoardSession } from './board-session.svelte.ts';
import { pageStorage } from '#lib/sync/page-storage.ts';
import { firstWords } from './first-words.ts';
import { isMacHere, type Keyboard } from './keys.ts';
import { EarlyWords, type Spot } from './early-words.ts';
import { EditorCarriage } from './editor-carriage.ts';
import type { HeldPlace } from './held-place.ts';
import { KeptField } from './kept-field.svelte.ts';
import type { KeptItems } from './kept-items.svelte.ts';
import { LateHere } from './late-here.svelte.ts';
import { itemsInOrder, placeDown, placeUp, themeStep, type Target } from './places.ts';
import type { Drafts } from './put-back.ts';
import type { Author } from './other-hands.ts';
import { whereaboutsOf } from './whereabouts.ts';

interface Parts {
  readonly session: BoardSession;
  readonly awareness: Awareness | null;
  readonly presence: Presence;
  readonly toasts: Toasts;
  readonly announcements: Announcements;
  readonly t: Translate;
  readonly nameOf: (seat: SeatId) => string | null;
  readonly hueOf: (seat: SeatId) => number;
  readonly canWrite: () => boolean;
  /** Writing was taken away, rather than not there yet. */
  readonly isClosed: () => boolean;
  /** In a sentence. */
  readonly whyClosed: () => string | null;
  /** What is said at the place of writing to whoever may not have this board any more. */
  readonly away: () => Snippet | null;
  /** What this device kept of words that the server did not take. */
  readonly drafts: Drafts | null;
  readonly place: HeldPlace;
}

const LETTERS = 'letter-keys';
const CALLED = 40; // characters of an item's words in a sentence
const NOTE_SECONDS = 10; // time to notice that the wrong item is gone
const NOTE_WORDS = 60; // characters of an item, to know it by
const SHOWN = 2_000; // ms

/** A board as one person uses it: what is open on it, and deeds with their words for those who do not see them happen. */
export class BoardDesk {
  readonly session: BoardSession;
  readonly awareness: Awareness | null;
  readonly presence: Presence;
  /** Where the open editor is carried to. */
  readonly carriage = new EditorCarriage();
  readonly early = new EarlyWords();
  /** What others took away under this person's hands. */
  readonly kept: KeptItems;
  /** What came after writing had closed. */
  readonly late = new LateHere();
  readonly nameOf: (seat: SeatId) => string | null;
  readonly hueOf: (seat: SeatId) => number;
  /** What was added from here last. */
  readonly arrival = new Arrival();
  readonly #t: Translate;
  readonly #toasts: Toasts;
  readonly #announcements: Announcements;
  readonly #canWrite: () => boolean;
  readonly #isClosed: () => boolean;
  readonly #whyClosed: () => string | null;
  readonly #away: () => Snippet | null;
  readonly #drafts: Drafts | null;
  readonly #place: HeldPlace;
  #held = $state<ItemId | null>(null);
  #editing = $state<ItemId | null>(null);
  #commentsOf = $state<ItemId | null>(null);
  #actingOn = $state<ItemId | null>(null);
  #merging = $state<ItemId | null>(null);
  #shown = $state<ItemId | ThemeId | null>(null);
  #chosen = $state<ItemId | null>(null);
  #removing = $state<ItemId | null>(null);
  #hasEditor = $state(false);
  #editor: MountedEditor | null = null;
  readonly #board = $derived.by(() => this.kept.on(this.session.board));
  #dropTarget = $state.raw<Target | null>(null);
  #isHelping = $state(false);
  #hasLetters = $state(pageStorage().getItem(LETTERS) !== 'off');
  #status: () => string = () => '';

  constructor(parts: Parts) {
    this.session = parts.session;
    this.awareness = parts.awareness;
    this.presence = parts.presence;
    this.nameOf = parts.nameOf;
    this.hueOf = parts.hueOf;
    this.#t = parts.t;
    this.#toasts = parts.toasts;
    this.#announcements = parts.announcements;
    this.#canWrite = parts.canWrite;
    this.#isClosed = parts.isClosed;
    this.#whyClosed = parts.whyClosed;
    this.#away = parts.away;
    this.#drafts = parts.drafts;
    this.#place = parts.place;
    this.kept = parts.place.kept;
    this.#held = parts.place.item;
  }

  /** The board as this person sees it: with what is kept for them alone. */
  get board(): Board {
    return this.#board;
  }
  get canWrite(): boolean {
    return this.#canWrite();
  }
  get isClosed(): boolean {
    return this.#isClosed();
  }
  get whyClosed(): string | null {
    return this.#whyClosed();
  }
  get away(): Snippet | null {
    return this.#away();
  }
  /** The item in which this person wrote when the document was replaced: the focus stays there, and keys do nothing. */
  get held(): ItemId | null {
    return this.#held;
  }
  /** The one item whose editor is open. */
  get editing(): ItemId | null {
    return this.#editing;
  }
  get commentsOf(): Item | undefined {
    return this.#commentsOf === null ? undefined : whereaboutsOf(this.board, this.#commentsOf)?.item;
  }
  get actingOn(): Item | undefined {
    return this.#actingOn === null ? undefined : this.session.item(this.#actingOn);
  }
  /** The item that looks for another one to be merged into. */
  get merging(): Item | undefined {
    return this.#merging === null ? undefined : this.session.item(this.#merging);
  }
  /** The item that was tapped or has the focus: what can be done with it stands below it. */
  get chosen(): ItemId | null {
    return this.#chosen;
  }
  /** The item that is to be deleted although somebody writes in it. */
  get removing(): Item | undefined {
    return this.#removing === null ? undefined : this.session.item(this.#removing);
  }
  /** Where what is being dragged would land. */
  get dropTarget(): Target | null {
    return this.#dropTarget;
  }

  get isHelping(): boolean {
    return this.#isHelping;
  }
  get keyboard(): Keyboard {
    return { isMac: isMacHere(), hasLetters: this.#hasLetters };
  }

  /** A field of this board besides the one for the next idea. */
  field(name: string): KeptField {
    return new KeptField(this.session.me.seatId, `${this.#place.document}/${name}`);
  }

  /** Kept on this device. */
  useLetters(hasLetters: boolean): void {
    this.#hasLetters = hasLetters;
    try {
      pageStorage().setItem(LETTERS, hasLetters ? 'on' : 'off');
    } catch {
      // a device that keeps nothing has it until the page closes
    }
  }

  help(isHelping: boolean): void {
    this.#isHelping = isHelping;
  }

  /** `status`: what is saved, how much time is left, who is here. */
  reportBy(status: () => string): void {
    this.#status = status;
  }

  sayStatus(): void {
    this.say(this.#status());
  }

  focusIdea(): void {
    document.querySelector<HTMLElement>('main .below :is(textarea, [contenteditable=true])')?.focus();
  }

  /** Says and shows that something was added, and where. */
  added(id: ItemId | ThemeId, text: string): void {
    this.say(text);
    void this.arrival.tell(id, domIdOf(id), text);
  }

  /** To whoever does not see it happen: what this person did, or (`at`) what comes from others and from the clock. */
  say(text: string, at: At = 'deed'): void {
    this.#announcements.announce(text, { at });
  }

  /** `spot`: where the caret goes, at the end else. Words that wait for the editor of another item come first. */
  edit(item: ItemId, spot: Spot | null = null): void {
    if (!this.canWrite || this.kept.of(item)) return;
    if (this.#editing === item || !this.early.isEmpty) return this.early.focus();
    this.#editing = this.#place.item = item;
    this.presence.pointAt(item);
    this.early.begin(domIdOf(item), spot, (by) => this.leave(item, by));
  }

  /** The focus went elsewhere. */
  release(): void {
    if (this.#held === null) return;
    this.#held = null;
    this.#place.item = this.#editing;
  }

  /** Whether there is a word to say beside an item: writing ended there, or came too late. */
  isHeld(item: Item): boolean {
    const all = [item, ...item.merged];
    if (all.some(({ id }) => this.kept.of(id))) return false;
    return all.some(
      (one) => (this.isClosed && (one.id === this.#editing || one.id === this.#held)) || this.late.at(one),
    );
  }

  /** Brings what came too late onto the board, now that writing is open again. */
  async putBack(drafts: Drafts | null = this.#drafts): Promise<void> {
    if (!drafts || !this.#mayWrite()) return;
    const { putBack } = await import('./put-back.ts');
    const count = await putBack(this.session, drafts, drafts === this.#drafts);
    this.#note(this.#t('board.putBackDone', { count }));
  }

  /** What shows the text while it is written in is loaded. */
  get hasEditor(): boolean {
    return this.#hasEditor;
  }
  set hasEditor(has: boolean) {
    this.#hasEditor = has;
  }

  /** The editor is there. */
  open(editor: MountedEditor): void {
    this.#editor = editor;
    const { words, spot } = this.early.take();
    editor.begin(words, spot);
  }

  /** Closes the editor of this item. With a key, the focus stays at the item. */
  leave(item: ItemId, by: 'key' | 'focus'): void {
    if (this.#editing !== item || !this.early.isEmpty) return;
    this.early.take();
    this.keepWords();
    this.#editing = this.#place.item = null;
    this.#editor = null;
    this.presence.pointAt(null);
    if (this.canWrite) this.session.followText(item);
    if (by === 'key') void this.focus(item);
  }

  /** What is written in an item that is gone is nowhere else. */
  keepWords(): void {
    const item = this.#editing;
    if (item && this.kept.of(item) && this.#editor) this.kept.reword(item, this.#editor.blocks());
  }

  choose(item: ItemId): void {
    this.#chosen = item;
  }

  /** Somebody took away the item whose editor is open: its words stay where they are, for this person alone. */
  lose(item: ItemId, by: Author | null): void {
    const where = whereaboutsOf(this.session.board, item);
    if (!where) return this.leave(item, 'key');
    const { theme, root, above } = where;
    const seat = by && (this.presence.seatOf(by.client) ?? (by.seat as SeatId | null));
    this.kept.keep({
      item: { ...where.item, merged: [] },
      theme,
      above: root.id === item ? above : root.id,
      by: seat,
    });
    // what is shown still has it until the next frame, as if somebody had brought it back
    this.session.show();
    this.presence.pointAt(null);
    const name = seat && this.nameOf(seat);
    this.say(
      `${name ? this.#t('board.goneBy', { name }) : this.#t('board.gone')} ${this.#t('board.goneKept')}`,
      'once',
    );
  }

  /** The item whose editor is open is on the board again. */
  found(item: ItemId): void {
    this.kept.drop(item);
    this.presence.pointAt(item);
    this.say(this.#t('board.restored'), 'once');
  }

  bringBack(item: ItemId): void {
    if (!this.#mayWrite()) return;
    const isOpen = this.#editing === item && this.#editor !== null;
    if (isOpen) this.keepWords();
    const kept = this.kept.of(item);
    if (!kept) return;
    this.session.bringBack(kept.item, kept);
    if (isOpen) return;
    this.kept.drop(item);
    this.say(this.#t('board.restored'));
    void this.focus(item);
  }

  /** What was kept goes; for a while it can be had again. */
  letGo(item: ItemId): void {
    const above = itemsInOrder(this.board);
    const next = above[above.findIndex(({ id }) => id === item) + 1] ?? above.at(-2);
    this.leave(item, 'focus');
    const kept = this.kept.of(item);
    if (!kept) return;
    this.kept.drop(item);
    if (next) void this.focus(next.id);
    this.#regret(this.#t('board.letGone'), () => this.kept.keep(kept));
  }

  /** A word about what somebody else did to what this person writes. */
  tell(key: MessageKey, client: number | null, values: Values): void {
    if (client === this.session.doc.clientID) return;
    const name = this.#nameOfAuthor(client === null ? null : { client, seat: null });
    this.#note(this.#t(key, { ...values, name }));
  }

  /** Seats of others whose caret is in these items, or in what was merged into them. */
  writersIn(items: readonly Item[]): SeatId[] {
    const isHere = (item: string | null) =>
      items.some(({ id, merged }) => id === item || merged.some(({ id }) => id === item));
    const seats = this.presence.others.flatMap(({ seat, item }) => (isHere(item ?? null) ? [seat] : []));
    return seats.filter((seat, index) => seats.indexOf(seat) === index);
  }

  showComments(item: ItemId | null): void {
    this.#commentsOf = item;
  }

  act(item: ItemId | null): void {
    const was = this.#actingOn;
    this.#actingOn = item;
    if (item === null && was !== null) void this.focus(was);
  }

  aim(target: Target | null): void {
    const now = this.#dropTarget;
    if (now?.theme !== target?.theme || now?.before !== target?.before) this.#dropTarget = target;
  }

  async focus(item: ItemId): Promise<void> {
    await tick();
    const root = whereaboutsOf(this.board, item)?.root.id ?? item;
    document.getElementById(domIdOf(root))?.focus();
  }

  /** To the item above or below in reading order. */
  focusNext(item: ItemId, by: -1 | 1): void {
    const items = itemsInOrder(this.board);
    const next = items[items.findIndex(({ id }) => id === item) + by];
    if (next) void this.focus(next.id);
  }

  moveUp(item: ItemId): void {
    this.move(item, placeUp(this.session.board, item));
  }

  moveDown(item: ItemId): void {
    this.move(item, placeDown(this.session.board, item));
  }

  move(item: ItemId, target: Target | null): void {
    if (!this.canWrite) return;
    if (!target) return this.say(this.#t('board.cannotMove'));
    this.session.move(item, target);
    const place = this.session.place(item);
    const theme = this.titleOf(target.theme);
    if (place) this.say(this.#t('board.moved', { place: place.index + 1, count: place.count, theme }));
    void this.focus(item);
  }

  async moveTheme(theme: ThemeId, by: -1 | 1): Promise<void> {
    const before = themeStep(this.session.board, theme, by);
    if (!this.canWrite || before === undefined) return this.say(this.#t('board.cannotMove'));
    this.session.moveTheme(theme, before);
    const { themes } = this.session.board;
    const place = themes.findIndex(({ id }) => id === theme) + 1;
    this.say(this.#t('board.themeMoved', { theme: this.titleOf(theme), place, count: themes.length }));
    await tick();
    document.getElementById(domIdOf(theme))?.querySelector<HTMLElement>('h2 button')?.focus();
  }

  beginMerge(item: ItemId): void {
    if (!this.canWrite) return;
    this.#actingOn = null;
    this.#merging = item;
    this.say(this.#t('board.mergeHow', { number: this.callOf(item) }));
    void this.focus(item);
  }

  endMerge(): void {
    const item = this.#merging;
    this.#merging = null;
    if (item) void this.focus(item);
  }

  mergeInto(into: ItemId): void {
    const from = this.#merging;
    if (from === null || from === into) return;
    // Before anything moves: afterwards others have the numbers.
    const [number, target] = [this.callOf(from), this.callOf(into)];
    this.#merging = null;
    if (!this.#mayWrite()) return;
    this.session.merge(from, into);
    const text = this.#t('board.merged', { number, into: target });
    this.#toasts.show({
      text,
      seconds: NOTE_SECONDS,
      action: { label: this.#t('board.splitOff'), run: () => this.split(from) },
    });
    void this.focus(into);
  }

  split(item: ItemId): void {
    if (!this.#mayWrite()) return;
    this.session.split(item);
    this.say(this.#t('board.splitDone', { number: this.callOf(item) }));
    void this.focus(item);
  }

  /** Asks first when somebody writes there. */
  remove(item: ItemId, how: 'ask' | 'asked' = 'ask'): void {
    const found = this.session.item(item);
    if (!this.canWrite || !found) return;
    this.#removing = null;
    if (how === 'ask' && this.writersIn([found]).length > 0) {
      this.#actingOn = null;
      this.#removing = item;
      return;
    }
    const number = this.callOf(item);
    this.#actingOn = null;
    this.#regret(this.#t('board.removed', { number }), this.session.remove(item), () => this.focus(item));
  }

  endRemoval(): void {
    const item = this.#removing;
    this.#removing = null;
    if (item) void this.focus(item);
  }

  /** `was`: the title when its field was opened. */
  renameTheme(theme: ThemeId, title: string, was: string): void {
    if (this.#mayWrite()) this.session.renameTheme(theme, title, was);
  }

  removeTheme(theme: ThemeId): void {
    if (!this.#mayWrite()) return;
    const text = this.#t('board.themeRemoved', { theme: this.titleOf(theme) });
    this.#regret(text, this.session.removeTheme(theme));
  }

  undo(): void {
    this.#takeBack('undo');
  }

  redo(): void {
    this.#takeBack('redo');
  }

  /** Where something just happened that may be out of sight. */
  get shown(): ItemId | ThemeId | null {
    return this.#shown;
  }

  /** Says what was taken back and shows it, or who has changed it since. */
  #takeBack(way: 'undo' | 'redo'): void {
    if (!this.#mayWrite()) return;
    const done = this.session.takeBack(way);
    if (done.kind === 'nothing')
      return this.say(this.#t(way === 'undo' ? 'board.nothingToUndo' : 'board.nothingToRedo'));
    if (done.kind === 'superseded')
      return this.#note(this.#t('board.changedSince', { name: this.#nameOfAuthor(done.by) }));
    const { change } = done;
    // one's own words under one's own eyes need no other
    if (change?.kind === 'words' && change.id === this.#editing) return;
    if (!change) return this.say(this.#t(way === 'undo' ? 'board.undone' : 'board.redone'));
    const words = change.words.length > NOTE_WORDS ? `${change.words.slice(0, NOTE_WORDS).trimEnd()}…` : change.words;
    const what = this.#t(`board.did_${change.kind}`, {
      words: words || this.#t('board.noText'),
      theme: this.titleOf(change.theme),
    });
    this.#note(this.#t(way === 'undo' ? 'board.undoneWhat' : 'board.redoneWhat', { what }));
    void this.#show(change.id);
  }

  async #show(id: ItemId | ThemeId): Promise<void> {
    await tick();
    const root = whereaboutsOf(this.board, id as ItemId)?.root.id ?? id;
    this.#shown = root;
    document.getElementById(domIdOf(root))?.scrollIntoView({ block: 'nearest' });
    setTimeout(() => {
      if (this.#shown === root) this.#shown = null;
    }, SHOWN);
  }

  #note(text: string): void {
    this.#toasts.show({ text, seconds: NOTE_SECONDS });
  }

  #nameOfAuthor(by: Author | null): string {
    const seat = by && (this.presence.seatOf(by.client) ?? (by.seat as SeatId | null));
    return (seat && this.nameOf(seat)) ?? this.#t('board.somebody');
  }

  /** `2.1`, or the words for an idea without a theme. */
  numberOf(item: ItemId): string {
    const root = whereaboutsOf(this.session.board, item)?.root.id ?? item;
    const place = this.session.place(root);
    if (!place) return '';
    return place.theme ? place.number : this.#t('board.ideaNumber', { number: place.number });
  }

  /** The item in a sentence: its number and its first words. */
  callOf(id: ItemId): string {
    if (this.kept.of(id)) return this.#t('board.keptHere');
    const item = this.session.item(id);
    const words = item ? firstWords(item.blocks, CALLED) : '';
    const number = this.numberOf(id);
    return words === '' ? number : this.#t('board.called', { number, words });
  }

  /** What the item is called at the head of its dialog, and with its words by screen readers. */
  labelOf(item: ItemId): string {
    if (this.kept.of(item)) return this.#t('board.keptHere');
    const place = this.session.place(item);
    return this.#t(place?.theme ? 'board.item' : 'board.ideaItem', { number: place?.number ?? '' });
  }

  /** The first words, for lists of items. */
  wordsOf(item: Item): string {
    return textOfBlocks(item.blocks).trim() || this.#t('board.noText');
  }

  /** A theme's title, or the words for none. */
  titleOf(theme: ThemeId | null): string {
    return this.session.board.themes.find(({ id }) => id === theme)?.title.text ?? this.#t('board.loose');
  }

  /** What was on its way when writing ended does not happen, and that is said. */
  #mayWrite(): boolean {
    if (this.canWrite) return true;
    const text = this.#t('board.cannotWrite');
    this.#note(text);
    return false;
  }

  #regret(text: string, restore: () => void, then?: () => unknown): void {
    const run = () => {
      if (!this.#mayWrite()) return;
      restore();
      this.say(this.#t('board.restored'));
      then?.();
    };
    this.#toasts.show({ text, seconds: NOTE_SECONDS, action: { label: this.#t('board.undo'), run } });
  }
}

/** The element of an item or a theme; also where links of the themes' list lead. */
export const domIdOf = (id: ItemId | ThemeId): string => `on-board-${id}`;

export const [useDesk, provideDesk] = createContext<BoardDesk>();
