import type { AskFor, Forum } from '#domain/forum/forum.ts';
import type { Person } from '#domain/forum/seat.ts';
import { countryOf } from '#domain/languages/country-of.ts';
import { languageOf } from '#domain/languages/language-of.ts';
import { lettersIn, oneLine } from '#domain/languages/one-line.ts';
import { isSeen } from '#domain/languages/seen.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';

const LONGEST_NAME = 80;
const LONGEST_ORGANISATION = 120;
const LONGEST_COUNTRY = 80;

/** What a guest fills in; absent and empty are the same. */
export interface PersonForm {
  readonly name: string;
  readonly country?: string | null | undefined;
  readonly organisation?: string | null | undefined;
  readonly language?: string | null | undefined;
}

/** A name with another kind of space in it would be another one. */
const cleanLine = (typed: string): string => oneLine(typed.replace(LOST, '')).replace(/\s+/gu, ' ');

/** What a form makes of half a sign. */
const LOST = /\ufffd/g;

/** A dot between words says what somebody is: pages put one behind the name of who runs the forum, and nobody writes it themselves. */
const DOT = /(?<!\p{L})[·•∙⋅‧・]|[·•∙⋅‧・](?!\p{L})/gu;

/** 1–80 characters, trimmed, without control characters, with something to see; a picture is a name too. */
export function readName(typed: string): Result<string> {
  const name = cleanLine(typed).replace(DOT, ' ').replace(/ +/g, ' ').trim();
  if (name === '') return refused({ kind: 'fieldMissing', field: 'name' });
  if (!isSeen(name) || !/[\p{L}\p{N}\p{So}]/u.test(name)) {
    return refused({ kind: 'fieldInvalid', field: 'name', reason: 'must have a letter, a digit or a picture' });
  }
  if (lettersIn(name) > LONGEST_NAME) {
    return refused({ kind: 'fieldInvalid', field: 'name', reason: `must have at most ${LONGEST_NAME} characters` });
  }
  return accepted(name);
}

/** The person as the forum asks for it (`joinForm`); what the forum hides is not kept. */
export function readPerson(form: PersonForm, forum: Forum): Result<Omit<Person, 'seatId'>> {
  const name = readName(form.name);
  if (!name.ok) return name;
  const country = asked('country', form.country, forum.joinForm.country);
  if (!country.ok) return country;
  if (country.value !== null && lettersIn(country.value) > LONGEST_COUNTRY) {
    const reason = `must have at most ${LONGEST_COUNTRY} characters`;
    return refused({ kind: 'fieldInvalid', field: 'country', reason });
  }
  const organisation = asked('organisation', form.organisation, forum.joinForm.organisation);
  if (!organisation.ok) return organisation;
  if (organisation.value !== null && lettersIn(organisation.value) > LONGEST_ORGANISATION) {
    const reason = `must have at most ${LONGEST_ORGANISATION} characters`;
    return refused({ kind: 'fieldInvalid', field: 'organisation', reason });
  }
  const language = form.language?.trim() ? languageOf(form.language) : forum.language;
  if (language === null) {
    return refused({ kind: 'fieldInvalid', field: 'language', reason: 'must be a language such as en' });
  }
  return accepted({
    name: name.value,
    // Nobody is turned away by how they write their country: what names none stays as it was written.
    country: country.value && (countryOf(country.value) ?? country.value),
    organisation: organisation.value,
    language,
  });
}

function asked(field: string, typed: string | null | undefined, asks: AskFor): Result<string | null> {
  if (asks === 'hidden') return accepted(null);
  const line = cleanLine(typed ?? '');
  const value = isSeen(line) ? line : null;
  return value === null && asks === 'required' ? refused({ kind: 'fieldMissing', field }) : accepted(value);
}

export const isSamePerson = (one: Person, other: Person): boolean =>
  one.name === other.name &&
  one.country === other.country &&
  one.organisation === other.organisation &&
  one.language === other.language;
