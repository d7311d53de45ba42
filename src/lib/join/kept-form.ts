import type { JoinForm } from '#domain/forum/forum.ts';
import type { Language } from '#domain/languages/language.ts';
import type { CountryQuestion } from './country-question.ts';

/** What was sent from the form of a code that is no longer one: it stands beside the field for the new code. */
export interface KeptForm {
  readonly values: {
    readonly name: string;
    readonly country: string;
    readonly organisation: string;
    readonly language: Language;
    readonly id: string;
    readonly code: string;
    readonly countryAsked: string;
    readonly nameAsked: string;
  };
  /** What the forum of the new code asks for, as soon as it is known. */
  readonly forum: {
    readonly countries: readonly string[];
    readonly languages: readonly Language[];
    readonly joinForm: JoinForm;
  };
  readonly near?: CountryQuestion;
  readonly namesake?: string;
}
