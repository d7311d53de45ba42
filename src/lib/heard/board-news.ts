import type { Item, Reaction } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { unreachable } from '#domain/unreachable.ts';
import type { Translate } from '#lib/i18n/text.ts';
import type { At } from './announcer.ts';
import type { OthersDeed } from './others-deeds.ts';

/** What the news are told of and through: a board's desk, the page's announcements, and a clock. */
export interface Parts {
  readonly me: SeatId;
  readonly t: Translate;
  /** As it stood before the deed. */
  item(id: ItemId): Item | undefined;
  /** `idea 2 “More teachers…”` */
  callOf(id: ItemId): string;
  titleOf(theme: ThemeId | null): string;
  nameOf(seat: SeatId): string | null;
  reactionOf(reaction: Reaction): string;
  shorten(words: string): string;
  announce(text: string, how: { readonly at: At }): void;
  gather(key: string, render: () => string, concernsMe?: boolean): void;
  now(): number;
}

const NEW_AGAIN = 60_000; // ms without a letter in an item, after which writing in it is news again
const REMEMBERED = 1_000; // writers of items
const NAMED = 3; // people in one sentence
const SETTLES = 15_000; // ms after one's own outage in which the others come back, too: they were never away

type Counted = 'edits' | 'moves' | 'merges' | 'removals' | 'comments' | 'themes';
const COUNTED = ['themes', 'comments', 'edits', 'moves', 'merges', 'removals'] as const satisfies Counted[];

/** Makes words of what others do: at once what concerns this person's items, the rest as counts. */
export class BoardNews {
  readonly #parts: Parts;
  /** New ideas by who wrote them. */
  readonly #ideas = new Map<SeatId | null, number>();
  readonly #counts = new Map<Counted, Set<string>>();
  readonly #writtenAt = new Map<string, number>();
  readonly #writers = new Map<ItemId, Set<SeatId | null>>();
  readonly #reactions = new Map<
    string,
    { readonly item: ItemId; readonly reaction: Reaction; readonly by: Set<SeatId> }
  >();
  readonly #came = new Set<SeatId>();
  readonly #gone = new Set<SeatId>();
  #here: ReadonlySet<SeatId> | null = null;
  /** Until then who comes and goes is no news. */
  #settledAt = -Infinity;
  #nth = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  hear(deeds: readonly OthersDeed[]): void {
    for (const deed of deeds) if (deed.by !== this.#parts.me) this.#hearOne(deed);
  }

  /** Who is at the table now. Who comes back within one digest was never away. */
  here(seats: readonly SeatId[]): void {
    const before = this.#here ?? new Set();
    const now = new Set(seats.filter((seat) => seat !== this.#parts.me));
    this.#here = now;
    if (this.#settledAt === Infinity) this.#settledAt = this.#parts.now() + SETTLES;
    if (this.#parts.now() < this.#settledAt) return;
    for (const seat of now) if (!before.has(seat) && !this.#gone.delete(seat)) this.#came.add(seat);
    for (const seat of before) if (!now.has(seat) && !this.#came.delete(seat)) this.#gone.add(seat);
    if (this.#came.size + this.#gone.size > 0) this.#parts.gather('people', () => this.#people());
  }

  /** This browser has lost its own connection: of the others nobody knows. */
  away(): void {
    if (this.#here === null) return;
    this.#settledAt = Infinity;
    this.#came.clear();
    this.#gone.clear();
  }

  #hearOne(deed: OthersDeed): void {
    switch (deed.kind) {
      case 'added':
        return this.#added(deed.by);
      case 'themeAdded':
        return this.#count('themes', String((this.#nth += 1)));
      case 'edited':
        return this.#edited(deed.item, deed.by);
      case 'removed':
        return this.#removed(deed.item, deed.by);
      case 'commented': {
        const { item, words } = deed;
        if (!this.#isMine(item)) return this.#count('comments', String((this.#nth += 1)));
        return this.#tell('heard.commented', { item: this.#yours(item), words: this.#parts.shorten(words) }, deed.by);
      }
      case 'merged':
        return this.#merged(deed.item, deed.into, deed.by);
      case 'split':
        return this.#count('merges', deed.item);
      case 'moved':
        return this.#moved(deed);
      case 'reacted':
        return this.#reacted(deed);
      default:
        return unreachable(deed);
    }
  }

  #added(by: SeatId | null): void {
    if (by === this.#parts.me) return; // taken back by whoever deleted it
    this.#ideas.set(by, (this.#ideas.get(by) ?? 0) + 1);
    this.#parts.gather('board', () => this.#digest());
  }

  #edited(item: ItemId, by: SeatId | null): void {
    const now = this.#parts.now();
    const key = `${item} ${by ?? ''}`;
    const last = this.#writtenAt.get(key) ?? -Infinity;
    this.#writtenAt.set(key, now);
    if (this.#writtenAt.size > REMEMBERED) this.#forgetBefore(now - NEW_AGAIN);
    if (now - last < NEW_AGAIN) return;
    if (!this.#isMine(item)) return this.#count('edits', item);
    const writers = this.#writers.get(item) ?? new Set();
    this.#writers.set(item, writers.add(by));
    this.#parts.gather('mine', () => this.#writing(), true);
  }

  #forgetBefore(time: number): void {
    for (const [key, at] of this.#writtenAt) if (at < time) this.#writtenAt.delete(key);
  }

  #merged(item: ItemId, into: ItemId, by: SeatId | null): void {
    if (this.#isMine(item)) {
      return this.#tell('heard.merged', { item: this.#yours(item), into: this.#parts.callOf(into) }, by);
    }
    if (!this.#isMine(into)) return this.#count('merges', item);
    this.#tell('heard.mergedHere', { item: this.#parts.callOf(item), into: this.#parts.callOf(into) }, by);
  }

  #moved({ item, theme, isWithin, by }: Extract<OthersDeed, { kind: 'moved' }>): void {
    if (!this.#isMine(item)) return this.#count('moves', item);
    const key = isWithin ? 'heard.movedWithin' : 'heard.movedTo';
    this.#tell(key, { item: this.#yours(item), theme: this.#parts.titleOf(theme) }, by);
  }

  #reacted({ item, reaction, by }: Extract<OthersDeed, { kind: 'reacted' }>): void {
    if (!this.#isMine(item)) return;
    const key = `${item} ${reaction}`;
    const given = this.#reactions.get(key) ?? { item, reaction, by: new Set() };
    this.#reactions.set(key, given);
    given.by.add(by);
    this.#parts.gather('reactions', () => this.#given(), true);
  }

  /** Those that were not taken back meanwhile. */
  #given(): string {
    const { t } = this.#parts;
    const told = [...this.#reactions.values()].flatMap(({ item, reaction, by }) => {
      const still = this.#parts.item(item)?.reactions[reaction]?.filter((seat) => by.has(seat)) ?? [];
      const values = { reaction: this.#parts.reactionOf(reaction), name: this.#names(still), item: this.#yours(item) };
      return still.length > 0 ? [t('heard.reacted', values)] : [];
    });
    this.#reactions.clear();
    return told.join(' ');
  }

  #removed(item: ItemId, by: SeatId | null): void {
    if (!this.#isMine(item)) return this.#count('removals', item);
    this.#parts.announce(
      by === null
        ? this.#parts.t('heard.removedByNobody', { item: this.#yours(item) })
        : this.#parts.t('heard.removed', { item: this.#yours(item), name: this.#name(by) }),
      { at: 'once' },
    );
  }

  #tell(
    key: 'heard.commented' | 'heard.merged' | 'heard.mergedHere' | 'heard.movedTo' | 'heard.movedWithin',
    values: Record<string, string>,
    by: SeatId | null,
  ): void {
    this.#parts.announce(this.#parts.t(key, { ...values, name: this.#name(by) }), { at: 'once' });
  }

  #count(what: Counted, id: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? new Set()).add(id));
    this.#parts.gather('board', () => this.#digest());
  }

  /** `3 new ideas, 2 by Aida; 1 new comment.` */
  #digest(): string {
    const { t } = this.#parts;
    const counts = COUNTED.flatMap((what) => {
      const count = this.#counts.get(what)?.size ?? 0;
      return count > 0 ? [t(`heard.${what}`, { count })] : [];
    });
    const news = [...this.#newIdeas(), ...counts].join('; ');
    this.#counts.clear();
    this.#ideas.clear();
    return news && `${news}.`;
  }

  #newIdeas(): string[] {
    const { t } = this.#parts;
    const authors = [...this.#ideas].sort(([, a], [, b]) => b - a);
    const count = authors.reduce((sum, [, ideas]) => sum + ideas, 0);
    const [first] = authors;
    if (!first) return [];
    if (authors.length === 1) return [t('heard.ideasBy', { count, name: this.#name(first[0]) })];
    const named = authors.slice(0, NAMED).filter(([seat]) => seat !== null);
    const by = named.map(([seat, ideas]) => t('heard.by', { count: ideas, name: this.#name(seat) }));
    return [[t('heard.ideas', { count }), ...by].join(', ')];
  }

  #writing(): string {
    const { t } = this.#parts;
    const told = [...this.#writers].flatMap(([item, seats]) =>
      this.#parts.item(item) ? [t('heard.writesIn', { name: this.#names([...seats]), item: this.#yours(item) })] : [],
    );
    this.#writers.clear();
    return told.join(' ');
  }

  #people(): string {
    const { t } = this.#parts;
    const came = this.#came.size > 0 ? t('heard.came', { names: this.#names([...this.#came]) }) : '';
    const gone = this.#gone.size > 0 ? t('heard.gone', { names: this.#names([...this.#gone]) }) : '';
    this.#came.clear();
    this.#gone.clear();
    return [came, gone].filter(Boolean).join(' ');
  }

  #names(seats: readonly (SeatId | null)[]): string {
    const rest = seats.length - NAMED;
    const named = seats.slice(0, NAMED).map((seat) => this.#name(seat));
    return [...named, ...(rest > 0 ? [this.#parts.t('heard.more', { count: rest })] : [])].join(', ');
  }

  #name(seat: SeatId | null): string {
    return (seat !== null && this.#parts.nameOf(seat)) || this.#parts.t('board.somebody');
  }

  #isMine(item: ItemId): boolean {
    return this.#parts.item(item)?.by === this.#parts.me;
  }

  #yours(item: ItemId): string {
    return this.#parts.t('heard.yours', { item: this.#parts.callOf(item) });
  }
}
