import { nameOfCountry } from '#domain/languages/country-names.ts';
import type { Language } from '#domain/languages/language.ts';
import { countryName } from '#lib/forum/country-names.ts';

/** The name of a country as the document has it, in the document's language: as every other format has it, whatever this browser knows. */
export const countryIn = (code: string, language: Language): string =>
  nameOfCountry(code, language) ?? countryName(code, language);
