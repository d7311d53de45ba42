import { createContext, type Snippet } from 'svelte';
import type { Board } from '#domain/board/board.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Announcements } from '#lib/heard/announcements.svelte.ts';
import type { Translate } from '#lib/i18n/text.ts';
import type { Presence } from '#lib/sync/presence.svelte.ts';
import type { Toasts } from '#lib/ui/toasts.svelte.ts';
import type { Awareness } from 'y-protocols/awareness';
import { BoardGuide } from './board-guide.svelte.ts';
import { BoardKeys } from './board-keys.svelte.ts';
import { BoardNames } from './board-names.ts';
import type { BoardSession } from './board-session.svelte.ts';
import { BoardVoice } from './board-voice.ts';
import type { HeldPlace } from './held-place.ts';
import { ItemMerging } from './item-merging.svelte.ts';
import { ItemMoves } from './item-moves.svelte.ts';
import { ItemPanels } from './item-panels.svelte.ts';
import { ItemRemoval } from './item-removal.svelte.ts';
import { ItemWriting } from './item-writing.svelte.ts';
import { KeptField } from './kept-field.svelte.ts';
import type { KeptItems } from './kept-items.svelte.ts';
import { LateHere } from './late-here.svelte.ts';
import type { Drafts } from './put-back.ts';
import { TakingBack } from './taking-back.ts';
import { ThemeDeeds } from './theme-deeds.ts';

/** Whether this person may write now, and what is said where they may not. */
export interface Access {
  readonly canWrite: boolean;
  /** Writing was taken away, rather than not there yet. */
  readonly isClosed: boolean;
  /** In a sentence. */
  readonly whyClosed: string | null;
  /** What is said at the place of writing to whoever may not have this board any more. */
  readonly away: Snippet | null;
}

interface Parts {
  readonly session: BoardSession;
  readonly awareness: Awareness | null;
  readonly presence: Presence;
  readonly toasts: Toasts;
  readonly announcements: Announcements;
  readonly t: Translate;
  readonly nameOf: (seat: SeatId) => string | null;
  /** As what somebody runs the forum, in words; null for everybody else. */
  readonly leads: (seat: SeatId) => string | null;
  readonly hueOf: (seat: SeatId) => number;
  /** Asked anew each time. */
  readonly access: Access;
  /** What this device kept of words that the server did not take. */
  readonly drafts: Drafts | null;
  readonly place: HeldPlace;
}

/** A board as one person uses it. Each part takes from the desk what it names in its own `Desk`. */
export class BoardDesk implements Access {
  readonly session: BoardSession;
  readonly awareness: Awareness | null;
  readonly presence: Presence;
  readonly t: Translate;
  readonly nameOf: (seat: SeatId) => string | null;
  readonly leads: (seat: SeatId) => string | null;
  readonly hueOf: (seat: SeatId) => number;
  /** What others took away under this person's hands. */
  readonly kept: KeptItems;
  /** What this device kept of words that the server did not take. */
  readonly drafts: Drafts | null;
  /** What came after writing had closed. */
  readonly late = new LateHere();
  readonly keys = new BoardKeys();
  readonly names: BoardNames = new BoardNames(this);
  readonly voice: BoardVoice;
  readonly guide: BoardGuide = new BoardGuide(this);
  readonly writing: ItemWriting;
  readonly panels: ItemPanels = new ItemPanels(this);
  readonly moves: ItemMoves = new ItemMoves(this);
  readonly merging: ItemMerging = new ItemMerging(this);
  readonly removal: ItemRemoval = new ItemRemoval(this);
  readonly themes: ThemeDeeds = new ThemeDeeds(this);
  readonly takingBack: TakingBack = new TakingBack(this);
  readonly #access: Access;
  readonly #document: string;
  readonly #board = $derived.by(() => this.kept.on(this.session.board));

  constructor(parts: Parts) {
    this.session = parts.session;
    this.awareness = parts.awareness;
    this.presence = parts.presence;
    this.t = parts.t;
    this.nameOf = parts.nameOf;
    this.leads = parts.leads;
    this.hueOf = parts.hueOf;
    this.kept = parts.place.kept;
    this.drafts = parts.drafts;
    this.voice = new BoardVoice(this, parts.toasts, parts.announcements);
    this.writing = new ItemWriting(this, parts.place);
    this.#access = parts.access;
    this.#document = parts.place.document;
  }

  /** The board as this person sees it: with what is kept for them alone. */
  get board(): Board {
    return this.#board;
  }
  get canWrite(): boolean {
    return this.#access.canWrite;
  }
  get isClosed(): boolean {
    return this.#access.isClosed;
  }
  get whyClosed(): string | null {
    return this.#access.whyClosed;
  }
  get away(): Snippet | null {
    return this.#access.away;
  }

  /** A field of this board besides the one for the next idea. */
  field(name: string): KeptField {
    return new KeptField(this.session.me.seatId, `${this.#document}/${name}`);
  }
}

export const [useDesk, provideDesk] = createContext<BoardDesk>();
