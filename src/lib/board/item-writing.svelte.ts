import type { Item } from '#domain/board/board.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import type { MountedEditor } from '#lib/editor/mount.ts';
import { itemBody } from '#protocol/board/edit.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { domIdOf } from './dom-id.ts';
import { EarlyWords, type Spot } from './early-words.ts';
import { EditorCarriage } from './editor-carriage.ts';
import type { HeldPlace } from './held-place.ts';

type Desk = Pick<BoardDesk, 'session' | 'presence' | 'canWrite' | 'isClosed' | 'away' | 'kept' | 'late' | 'guide'>;

interface Begun {
  readonly field: HTMLTextAreaElement;
  readonly spot: Spot | null;
}

/** In which item this person writes, from the wish to do so until they leave it; and who else writes there. */
export class ItemWriting {
  /** Where the open editor is carried to. */
  readonly carriage = new EditorCarriage();
  readonly #desk: Desk;
  readonly #place: HeldPlace;
  readonly #early = new EarlyWords();
  #item = $state<ItemId | null>(null);
  #held = $state<ItemId | null>(null);
  #hasEditor = $state(false);
  #editor: MountedEditor | null = null;
  #begun: Begun | null = null;

  constructor(desk: Desk, place: HeldPlace) {
    this.#desk = desk;
    this.#place = place;
    this.#held = place.item;
  }

  /** The one item whose editor is open. */
  get item(): ItemId | null {
    return this.#item;
  }
  /**
   * The item in which this person wrote when the document was replaced, or when they were sent from it: keys do nothing there, and
   * what is said beside it stays, as it has the way on.
   */
  get held(): ItemId | null {
    return this.#held;
  }
  /** What shows the text while it is written in is loaded. */
  get hasEditor(): boolean {
    return this.#hasEditor;
  }
  set hasEditor(has: boolean) {
    this.#hasEditor = has;
  }

  /** Whether the editor of this item is open and there. */
  isOpenAt(item: ItemId): boolean {
    return this.#item === item && this.#editor !== null;
  }

  /** `spot`: where the caret goes, at the end else. Words that wait for the editor of another item come first. */
  begin(item: ItemId, spot: Spot | null = null): void {
    const { canWrite, kept, presence, session } = this.#desk;
    if (!canWrite || kept.of(item)) return;
    // gone, and shown until the next frame
    if (!itemBody(session.doc, item)) return;
    if (this.#item === item || !this.#early.isEmpty) return this.#early.focus();
    this.#item = this.#place.item = item;
    presence.pointAt(item);
    const { field, spot: at } = this.#begun ?? { spot };
    this.#early.begin(domIdOf(item), at, (by) => this.leave(item, by), field);
  }

  /** What `opens` begins goes on with what was typed before this was here. */
  goOn(begun: Begun, opens: () => void): void {
    this.#begun = begun;
    opens();
    this.#begun = null;
  }

  /** The editor is there. */
  open(editor: MountedEditor): void {
    this.#editor = editor;
    const { words, spot } = this.#early.take();
    editor.begin(words, spot);
  }

  /** Closes the editor of this item. With a key, the focus stays at the item. */
  leave(item: ItemId, by: 'key' | 'focus'): void {
    if (this.#item !== item || !this.#early.isEmpty) return;
    const { session, presence, canWrite, away, guide } = this.#desk;
    this.#early.take();
    this.keepWords();
    if (away) this.#held = item;
    this.#item = this.#place.item = null;
    this.#editor = null;
    presence.pointAt(null);
    if (canWrite) session.followText(item);
    if (by !== 'key') return;
    session.show(); // what was typed last is heard, too
    void guide.focus(item);
  }

  /** What is written in an item that is gone is nowhere else. */
  keepWords(): void {
    const { kept } = this.#desk;
    const item = this.#item;
    if (item && kept.of(item) && this.#editor) kept.reword(item, this.#editor.blocks());
  }

  /** The focus went elsewhere. */
  release(): void {
    if (this.#held === null) return;
    this.#held = null;
    this.#place.item = this.#item;
  }

  /** Whether there is a word to say beside an item: writing ended there, or came too late. */
  isHeld(item: Item): boolean {
    const { kept, isClosed, late } = this.#desk;
    const all = [item, ...item.merged];
    if (all.some(({ id }) => kept.of(id))) return false;
    return all.some((one) => (isClosed && (one.id === this.#item || one.id === this.#held)) || late.at(one));
  }

  /** Seats of others whose caret is in an item, or in what was merged into it. */
  othersIn({ id: root, merged }: Item): SeatId[] {
    const isHere = (item: string | null) => item === root || merged.some(({ id }) => id === item);
    const seats = this.#desk.presence.others.flatMap(({ seat, item }) => (isHere(item) ? [seat] : []));
    return seats.filter((seat, index) => seats.indexOf(seat) === index);
  }
}
