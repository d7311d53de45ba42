import { isCountry } from '#domain/forum/countries.ts';
import type { Language } from '#domain/languages/language.ts';
import { nameOfCountry } from '#domain/languages/country-names.ts';
import { nameOfLanguage } from '#domain/languages/language-names.ts';
import { outcomeLabels, type OutcomeLabels } from '#domain/outcome/labels.ts';

/** Labels, names and dates in the document's language; `lang` is what the labels are really written in. */
export interface Wording {
  readonly labels: OutcomeLabels;
  readonly lang: Language;
  /** Language of the names of countries, languages and months. */
  readonly namesLang: Language;
  country(code: string): string;
  language(tag: Language): string;
  day(iso: string): string;
  days(from: string, to: string): string;
}

const UTC_DAY = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;

export function wordingOf(language: Language): Wording {
  const { labels, lang } = outcomeLabels(language);
  const namesLang = Intl.DisplayNames.supportedLocalesOf([language])[0] ? language : lang;
  const countries = new Intl.DisplayNames([namesLang, 'en'], { type: 'region', fallback: 'code' });
  const languages = new Intl.DisplayNames([namesLang, 'en'], { type: 'language', fallback: 'code' });
  // British order of day and month: an international document, not an American one.
  const days = new Intl.DateTimeFormat(namesLang === 'en' ? 'en-GB' : namesLang, UTC_DAY);
  const day = (iso: string) => inWords(iso, (date) => days.format(date));
  return {
    labels,
    lang,
    namesLang,
    country: (code) =>
      isCountry(code) ? (nameOfCountry(code, namesLang) ?? nameOr(code, () => countries.of(code))) : code,
    language: (tag) => nameOfLanguage(tag, namesLang) ?? nameOr(tag, () => languages.of(tag)),
    day,
    days: (from, to) => (from === to ? day(from) : inWords(from, (first) => days.formatRange(first, new Date(to)))),
  };
}

/** What is not a day or a code is shown as it is: a document is never lost to a typing error in it. */
function inWords(iso: string, format: (date: Date) => string): string {
  try {
    return format(new Date(iso));
  } catch {
    return iso;
  }
}

function nameOr(code: string, name: () => string | undefined): string {
  try {
    return name() ?? code;
  } catch {
    return code;
  }
}
