import { createContext, type Snippet } from 'svelte';
import type { Board } from '#domain/board/board.ts';
import type { ItemId, SeatId } from '#domain/ids.ts';
import type { Announcements } from '#lib/heard/announcements.svelte.ts';
import type { Translate } from '#lib/i18n/text.ts';
import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { Presence } from '#lib/sync/presence.svelte.ts';
import type { Toasts } from '#lib/ui/toasts.svelte.ts';
import type { Awareness } from 'y-protocols/awareness';
import { BoardGuide } from './board-guide.svelte.ts';
import { BoardKeys } from './board-keys.svelte.ts';
import { BoardNames } from './board-names.ts';
import type { BoardSession } from './board-session.svelte.ts';
import { BoardVoice } from './board-voice.ts';
import { areDeedsHere, deeds } from './deeds.ts';
import type { DeskDeeds } from './desk-deeds.ts';
import type { EarlyTouch } from './early-touch.ts';
import type { HeldPlace } from './held-place.ts';
import type { ItemMerging } from './item-merging.svelte.ts';
import type { ItemMoves } from './item-moves.svelte.ts';
import { ItemPanels } from './item-panels.svelte.ts';
import type { ItemRemoval } from './item-removal.svelte.ts';
import type { ItemWriting } from './item-writing.svelte.ts';
import { KeptField } from './kept-field.svelte.ts';
import type { KeptItems } from './kept-items.svelte.ts';
import type { LateHere } from './late-here.svelte.ts';
import type { TakingBack } from './taking-back.ts';
import type { ThemeDeeds } from './theme-deeds.ts';

/** Whether this person may write now, and what is said where they may not. */
export interface Access {
  readonly canWrite: boolean;
  /** The step asks people to write; who runs the workshop may at any time. */
  readonly asksPeople: boolean;
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
  /** Null on the server. */
  readonly connection: DocumentConnection | null;
  readonly place: HeldPlace;
  /** As the server wrote it, where its code is yet to come. */
  readonly written?: Board | null;
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
  /** Tells what is saved, and what this device kept of words that the server did not take. */
  readonly connection: DocumentConnection | null;
  readonly keys = new BoardKeys();
  readonly names: BoardNames = new BoardNames(this);
  readonly voice: BoardVoice;
  readonly guide: BoardGuide = new BoardGuide(this);
  readonly panels: ItemPanels = new ItemPanels(this);
  readonly #access: Access;
  readonly #place: HeldPlace;
  /** What is done until the board’s code has come. */
  readonly early: EarlyTouch | null;
  #deeds = $state.raw<DeskDeeds | null>(null);
  #written = $state.raw<Board | null>(null);
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
    this.connection = parts.connection;
    this.voice = new BoardVoice(this, parts.toasts, parts.announcements);
    this.#access = parts.access;
    this.#place = parts.place;
    this.early = parts.place.early ?? null;
    this.#written = parts.written ?? null;
    if (areDeedsHere()) this.stand();
  }

  /** Their code has come: whatever one does here beside adding an idea can be done. */
  stand(): DeskDeeds {
    return (this.#deeds ??= new (deeds().DeskDeeds)(this, this.#place));
  }
  /** Its elements are those that the server wrote: what has changed since may be shown. */
  awake(): void {
    this.#written = null;
  }
  get isStanding(): boolean {
    return this.#deeds !== null;
  }
  /** The one item whose editor is open. */
  get editing(): ItemId | null {
    return this.#deeds?.writing.item ?? null;
  }
  get late(): LateHere {
    return this.#standing.late;
  }
  get writing(): ItemWriting {
    return this.#standing.writing;
  }
  get moves(): ItemMoves {
    return this.#standing.moves;
  }
  get merging(): ItemMerging {
    return this.#standing.merging;
  }
  get removal(): ItemRemoval {
    return this.#standing.removal;
  }
  get themes(): ThemeDeeds {
    return this.#standing.themes;
  }
  get takingBack(): TakingBack {
    return this.#standing.takingBack;
  }

  /** The board as this person sees it: with what is kept for them alone. */
  get board(): Board {
    return this.#written ?? this.#board;
  }
  get canWrite(): boolean {
    return this.#access.canWrite;
  }
  get asksPeople(): boolean {
    return this.#access.asksPeople;
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
    return new KeptField(this.session.me.seatId, `${this.#place.document}/${name}`);
  }

  get #standing(): DeskDeeds {
    if (!this.#deeds) throw new Error('the board does not stand yet');
    return this.#deeds;
  }
}

export const [useDesk, provideDesk] = createContext<BoardDesk>();
