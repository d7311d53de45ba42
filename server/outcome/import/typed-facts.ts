import type { NamedLink } from '#domain/forum/forum.ts';
import type { Language } from '#domain/languages/language.ts';
import { textOfRuns, type Run } from '#domain/languages/text.ts';
import type { CountryNames } from './country-names.ts';
import { daysIn } from './days.ts';
import { HELD_WITH, ORGANISED, PLACES, QUOTED } from './words.ts';

/** What a post's first paragraphs say about the forum. What they do not say is empty: nothing is guessed. */
export interface TypedFacts {
  readonly title: string | null;
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly place: string;
  readonly organisers: readonly NamedLink[];
  readonly hostEvent: NamedLink | null;
  readonly countries: readonly string[];
  readonly participants: number | null;
}

export function typedFacts(
  lines: readonly (readonly Run[])[],
  countries: CountryNames,
  language: Language,
): TypedFacts {
  const texts = lines.map(textOfRuns);
  const all = texts.join('\n');
  return {
    title: titleIn(all),
    days: daysIn(all, [...new Set(['en', 'ru', language])]),
    place: PLACES.map((pattern) => pattern.exec(all)?.groups?.place).find(Boolean) ?? '',
    organisers: firstOf(lines, organisersIn) ?? [],
    hostEvent: firstOf(lines, hostEventIn),
    ...delegationsIn(texts, countries),
  };
}

function firstOf<T>(lines: readonly (readonly Run[])[], read: (line: readonly Run[]) => T | null): T | null {
  for (const line of lines) {
    const found = read(line);
    if (found !== null) return found;
  }
  return null;
}

/** The longest name in quotation marks of the first sentences that have one. */
function titleIn(text: string): string | null {
  const quoted = [...text.matchAll(QUOTED)]
    .map(([, inner = '']) => inner.trim())
    .filter((inner) => inner.includes(' '));
  return quoted[0] ?? null;
}

/** Links behind "organised by" up to the end of the sentence; without links the names, parted at commas and "and". */
function organisersIn(line: readonly Run[]): NamedLink[] | null {
  const text = textOfRuns(line);
  const begin = ORGANISED.exec(text);
  if (!begin) return null;
  const start = begin.index + begin[0].length;
  const end = sentenceEnd(text, start);
  const linked = linksWithin(line, start, end);
  if (linked.length > 0) return linked;
  return text
    .slice(start, end)
    .replace(/\s+/g, ' ')
    .split(/,(?: and | и )?| and (?:the )?| и /u)
    .map((name) => ({ name: name.trim().replace(/^the /i, '') }))
    .filter(({ name }) => name !== '');
}

function linksWithin(line: readonly Run[], start: number, end: number): NamedLink[] {
  const found: { name: string; url: string }[] = [];
  let at = 0;
  for (const { text, href } of line) {
    if (href && at >= start && at < end) {
      const last = found.at(-1);
      if (last?.url === href) last.name += text;
      else found.push({ name: text, url: href });
    }
    at += text.length;
  }
  return found.map(({ name, url }) => ({ name: name.trim(), url }));
}

/** The bold or linked words behind "in conjunction with the", or the capitalised ones. */
function hostEventIn(line: readonly Run[]): NamedLink | null {
  const text = textOfRuns(line);
  const begin = HELD_WITH.exec(text);
  if (!begin) return null;
  const start = begin.index + begin[0].length;
  let at = 0;
  for (const run of line) {
    if (at + run.text.length > start && at <= start && (run.strong || run.href)) {
      const name = run.text.slice(Math.max(0, start - at)).trim();
      if (name) return { name, ...(run.href && { url: run.href }) };
    }
    at += run.text.length;
  }
  const named =
    /^(?:[“«"]([^”»"]+)[”»"]|\p{Lu}[\p{L}\d’'-]*(?:\s+(?:(?:and|of|for|the|on|и)\s+)*\p{Lu}[\p{L}\d’'-]*)*)/u.exec(
      text.slice(start),
    );
  const name = named && (named[1] ?? named[0]).trim();
  return name ? { name } : null;
}

/** The sentence that names most countries; the number in it is how many people came. */
function delegationsIn(
  texts: readonly string[],
  names: CountryNames,
): { countries: string[]; participants: number | null } {
  let best = { countries: [] as string[], sentence: '' };
  for (const sentence of texts.flatMap(sentencesOf)) {
    const countries = names.within(sentence).map(({ code }) => code);
    if (countries.length > best.countries.length) best = { countries, sentence };
  }
  const people = PEOPLE.exec(best.sentence) ?? texts.map((text) => PEOPLE.exec(text)).find(Boolean);
  return { countries: best.countries, participants: people ? Number(people[1]) : null };
}

/** "35 experts", "более 40 участников": a number that is neither a year nor part of a longer one. */
const PEOPLE =
  /(?<![\d.,–-])(?!(?:19|20)\d\d\b)(\d{1,5})\s+(?:\p{L}+\s+){0,3}?(?:people|persons|participants|experts|delegates|representatives|specialists|journalists|educators|researchers|teachers|человек\p{L}*|участни\p{L}+|эксперт\p{L}*|представител\p{L}+|делегат\p{L}*|специалист\p{L}*)/iu;

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+(?=\p{Lu})/u);

function sentenceEnd(text: string, start: number): number {
  const end = /[.!?](?:\s|$)/u.exec(text.slice(start));
  return end ? start + end.index : text.length;
}
