import type { ForumId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import type { Delegation } from '../outcome/document.ts';
import { LIMITS } from '../limits.ts';
import type { AgendaItem } from './agenda.ts';
import type { RehearsalMark } from './rehearsal.ts';

export interface NamedLink {
  readonly name: string;
  readonly url?: string;
}

/** "At least 70 % consent and at most 5 % objection, with half of the seats voting" in whole per cent. */
export interface DecisionRule {
  readonly consent: number;
  readonly objection: number;
  readonly quorum: number;
}

export type AskFor = 'required' | 'optional' | 'hidden';

/** What a guest is asked for beside the name, and whether names go into the outcome. */
export interface JoinForm {
  readonly country: AskFor;
  readonly organisation: AskFor;
  readonly namesInOutcome: boolean;
}

/** What an imported post says about itself and what its headings were. */
export interface OutcomeFrame {
  /** Everybody with a seat reads the outcome as it stands; before, only those who run the forum (SPEC P22). */
  readonly isOpen?: boolean;
  readonly headline?: string;
  readonly agendaHeading?: string;
  readonly recommendationsHeading?: string;
  /** People said to have been there, when there are no seats to count. */
  readonly declaredParticipants?: number;
  /** Those people by country, when an imported outcome says so. */
  readonly declaredDelegations?: readonly Delegation[];
  readonly source?: { readonly url: string; readonly publishedAt: string };
}

/** What an organizer fills in. `from` and `to` are ISO days, inclusive; countries ISO 3166-1 alpha-2. */
export interface ForumDetails {
  readonly title: string;
  readonly language: Language;
  readonly from: string;
  readonly to: string;
  readonly place: string;
  readonly organisers: readonly NamedLink[];
  readonly hostEvent?: NamedLink;
  readonly countries: readonly string[];
  readonly languages: readonly Language[];
  readonly decisionRule: DecisionRule;
  readonly joinForm: JoinForm;
  /** How many may sit down by themselves; absent: `LIMITS.seatsOfForum`. */
  readonly seats?: number;
  readonly agenda: readonly AgendaItem[];
  readonly outcome: OutcomeFrame;
}

export interface Forum extends ForumDetails {
  readonly id: ForumId;
  readonly slug: string;
  /** Rises by one with each save: a save based on an older version is refused. */
  readonly version: number;
  /** Eight characters, shown as XXXX-XXXX. */
  readonly joinCode: string;
  /** Epoch milliseconds after which the code is refused, or null. */
  readonly joinCodeExpiresAt: number | null;
  /** Absent: people meet here. */
  readonly rehearsal?: RehearsalMark;
}

export const DEFAULT_RULE: DecisionRule = { consent: 70, objection: 5, quorum: 50 };
export const DEFAULT_JOIN_FORM: JoinForm = { country: 'optional', organisation: 'optional', namesInOutcome: true };

/** The code by which people come in; nobody comes into a rehearsal. */
export const openCode = ({ joinCode, rehearsal }: Pick<Forum, 'joinCode' | 'rehearsal'>): string | null =>
  rehearsal ? null : joinCode;

export const seatsOf = ({ seats }: Pick<Forum, 'seats'>): number => seats ?? LIMITS.seatsOfForum.most;
