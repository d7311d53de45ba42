import type { JoinForm } from '#domain/forum/forum.ts';
import type { Language } from '#domain/languages/language.ts';

/** Where one sits, for what the board's menu shows. */
export interface OwnPlace {
  readonly slug: string;
  /** The forum's. */
  readonly title: string;
  /** Everybody with a seat may read the outcome. */
  readonly isOutcomeOpen: boolean;
  readonly seat: {
    readonly name: string;
    readonly country: string | null;
    readonly organisation: string | null;
    readonly language: Language;
  };
  /** What the forum asks its guests for. */
  readonly asks: {
    readonly countries: readonly string[];
    readonly languages: readonly Language[];
    readonly joinForm: JoinForm;
  };
}
