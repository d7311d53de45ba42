import type { AgendaKind } from '#domain/forum/agenda.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Run } from '#domain/languages/text.ts';
import type { OutcomeRecommendation } from '#domain/outcome/document.ts';

/**
 * The document as a flat row of pieces, in reading order: what every renderer walks, so that no format can forget a part.
 * A piece's role becomes a class name in HTML and WordPress and a style elsewhere; the importer reads the classes back.
 */
export type Piece =
  | {
      readonly kind: 'heading';
      readonly level: 1 | 2 | 3;
      readonly role: HeadingRole;
      readonly text: Words;
      readonly own: boolean;
    }
  | {
      readonly kind: 'agendaHeading';
      readonly item: AgendaKind;
      readonly time: string;
      readonly text: Words;
      readonly code: string;
    }
  | { readonly kind: 'themeHeading'; readonly number: number; readonly text: Words }
  | {
      readonly kind: 'paragraph';
      readonly role: ParagraphRole;
      readonly lang: Language;
      readonly inlines: readonly Inline[];
    }
  | {
      readonly kind: 'list';
      readonly role: ListRole;
      readonly lang: Language;
      readonly entries: readonly (readonly Inline[])[];
    }
  | {
      readonly kind: 'recommendations';
      readonly role: 'recommendations' | 'parking-lot';
      readonly entries: readonly OutcomeRecommendation[];
      /** Stands above what was merged into an entry. */
      readonly mergedLabel: Words;
    }
  | {
      readonly kind: 'delegations';
      readonly head: readonly [country: string, people: string, names: string | null];
      readonly headLang: Language;
      readonly rows: readonly DelegationRow[];
    };

export type HeadingRole =
  | 'title'
  | 'agenda-heading'
  | 'recommendations-heading'
  | 'closing-heading'
  | 'participants-heading'
  | 'parking-lot-heading'
  | 'notes-heading';

export type ParagraphRole =
  | 'headline'
  | 'dates'
  | 'place'
  | 'organisers'
  | 'host-event'
  | 'countries'
  | 'languages'
  | 'preamble'
  | 'moderator'
  | 'speakers-label'
  | 'question'
  | 'rooms'
  | 'summary'
  | 'links'
  | 'closing'
  | 'participants'
  | 'notes'
  | 'source';

export type ListRole = 'preamble' | 'closing' | 'notes' | 'speakers' | 'key-points';

export interface Words {
  readonly text: string;
  readonly lang: Language;
}

/** A run that may say what it is: `role` and `code` let an importer find the value behind the words. */
export interface Inline extends Run {
  readonly role?: InlineRole;
  /** ISO code, day or number that the words stand for. */
  readonly code?: string;
  /** Where it differs from the piece's. */
  readonly lang?: Language;
}

export type InlineRole =
  | 'label'
  | 'days'
  | 'country'
  | 'language'
  | 'organiser'
  | 'person'
  | 'person-role'
  | 'video'
  | 'slides'
  | 'page'
  | 'room'
  | 'value'
  | 'count'
  | 'published';

export interface DelegationRow {
  /** ISO code, or null. */
  readonly code: string | null;
  readonly country: Words;
  readonly count: number;
  readonly people: readonly { readonly name: string; readonly organisation: string | null }[];
}
