import type { AgendaItem } from '../forum/agenda.ts';
import type { NamedLink } from '../forum/forum.ts';
import type { ItemId, ThemeId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import type { Block, Text } from '../languages/text.ts';

/** `number` is `<theme>.<position>`, counted from 1. */
export interface OutcomeRecommendation {
  readonly id: ItemId;
  readonly number: string;
  readonly lang: Language;
  readonly blocks: readonly Block[];
  /** Name of the room it came from; null when there was one room only. */
  readonly room: string | null;
  /** Items that were merged into it, each with its own words. */
  readonly merged: readonly MergedItem[];
}

export interface MergedItem {
  readonly id: ItemId;
  readonly lang: Language;
  readonly blocks: readonly Block[];
}

export interface OutcomeTheme {
  readonly id: ThemeId;
  readonly number: number;
  readonly title: Text;
  readonly recommendations: readonly OutcomeRecommendation[];
}

export interface Delegation {
  /** ISO 3166-1 alpha-2, or the words somebody wrote instead, or null for people who named no country. */
  readonly country: string | null;
  readonly count: number;
  /** Empty when the forum does not put names into the outcome. */
  readonly people: readonly { readonly name: string; readonly organisation: string | null }[];
}

export interface Participants {
  readonly total: number;
  readonly delegations: readonly Delegation[];
}

/** The forum's document as data: every renderer gets exactly this, and `.json` is exactly this. */
export interface OutcomeDocument {
  readonly model: 1;
  readonly language: Language;
  readonly title: string;
  readonly headline: string | null;
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly organisers: readonly NamedLink[];
  readonly hostEvent: NamedLink | null;
  readonly countries: readonly string[];
  readonly languages: readonly Language[];
  readonly preamble: readonly Block[];
  /** Null: the renderer uses the language's own label. */
  readonly agendaHeading: string | null;
  readonly agenda: readonly AgendaItem[];
  readonly recommendationsHeading: string | null;
  readonly themes: readonly OutcomeTheme[];
  readonly closing: readonly Block[];
  readonly participants: Participants;
  /** Ideas without a theme: an annex, never dropped. */
  readonly parkingLot: readonly OutcomeRecommendation[];
  /** Text of an imported post that has no other place. */
  readonly notes: readonly Block[];
  readonly source: { readonly url: string; readonly publishedAt: string } | null;
}

/** What people write together on the outcome page (Y.Doc `outcome/<forum>`). */
export interface OutcomeDraft {
  readonly preamble: readonly Block[];
  readonly closing: readonly Block[];
  readonly notes: readonly Block[];
}
