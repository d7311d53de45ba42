import * as v from 'valibot';
import type { AgendaItem } from '#domain/forum/agenda.ts';
import { isCountry } from '#domain/forum/countries.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type ForumDetails } from '#domain/forum/forum.ts';
import { tooManyIn } from '#domain/forum/counts.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { countryOf } from '#domain/languages/country-of.ts';
import { isLanguage } from '#domain/languages/language.ts';
import { languageOf } from '#domain/languages/language-of.ts';
import { oneLine } from '#domain/languages/one-line.ts';
import { isSeen, wellFormed } from '#domain/languages/seen.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { shownKey } from './shown-key.ts';

/**
 * A forum as JSON: the import file, the set-up form and the stored row. Only `title` and `from` must be there; ids are made up
 * for agenda items and rooms that have none. Unknown fields are refused, so that a misspelt one does not vanish.
 */

/** Most entries of any list, and most characters of texts: far beyond a real forum, far below what hurts a page. */
const MOST_ENTRIES = 200;
const MOST = { country: 80, title: 200, line: 300, url: 2_000, point: 5_000, prose: 20_000 };

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;
const clean = (text: string): string => wellFormed(text).replace(CONTROL, '').trim();
const cleanLine = (text: string): string => oneLine(clean(text));

const optionalText = (most: number, cleaned = clean) =>
  v.pipe(v.string('must be text'), v.transform(cleaned), v.maxLength(most, `must have at most ${most} characters`));
const text = (most: number, cleaned = clean) =>
  v.pipe(optionalText(most, cleaned), v.check(isSeen, 'must not be empty or invisible'));
const line = (most: number) => text(most, cleanLine);
const list = <Schema extends v.GenericSchema>(entry: Schema) =>
  v.optional(
    v.pipe(v.array(entry, 'must be a list'), v.maxLength(MOST_ENTRIES, `must have at most ${MOST_ENTRIES} entries`)),
    [],
  );
const objectProblem = (issue: v.StrictObjectIssue): string => {
  if (issue.expected === 'never') return 'is not a field of this format';
  return issue.received === 'undefined' ? 'is missing' : 'must be an object';
};
const object = <Entries extends v.ObjectEntries>(entries: Entries) => v.strictObject(entries, objectProblem);

const day = v.pipe(v.string('must be a day such as 2026-05-14'), v.check(isDay, 'must be a day such as 2026-05-14'));
const time = v.pipe(
  v.string('must be a time such as 09:30'),
  v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30'),
);
const url = v.pipe(text(MOST.url), v.check(isWebAddress, 'must be an address that begins with https:// or http://'));
const language = v.pipe(
  v.string('must be a language such as en'),
  v.transform((typed) => languageOf(typed) ?? typed),
  v.check((tag) => isLanguage(tag), 'must be a language such as en or pa-Arab'),
);
const country = v.pipe(
  v.string('must be a country code such as KZ'),
  v.transform((typed) => countryOf(typed) ?? typed),
  v.check(isCountry, 'must be a country code such as KZ (ISO 3166-1 alpha-2), or a name of a country'),
);
/** A person's: what names no country stays as it was written. */
const countryOrWords = v.pipe(
  line(MOST.country),
  v.transform((typed) => countryOf(typed) ?? typed),
);
const percent = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must be from 0 to 100'),
  v.maxValue(100, 'must be from 0 to 100'),
);
const MOST_SEATS = LIMITS.seatsOfForumRaised.most;
const seats = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(1, `must be from 1 to ${MOST_SEATS}`),
  v.maxValue(MOST_SEATS, `must be from 1 to ${MOST_SEATS}`),
);
const count = v.pipe(
  v.number('must be a number'),
  v.integer('must be a whole number'),
  v.minValue(0, 'must not be negative'),
  v.maxValue(100_000, 'must be at most 100000'),
);
const askFor = v.picklist(['required', 'optional', 'hidden'], 'must be required, optional or hidden');

const namedLink = object({ name: line(MOST.line), url: v.optional(url) });
const namedPerson = object({
  name: line(MOST.line),
  country: v.optional(countryOrWords),
  role: v.optional(line(MOST.line)),
});
/** Ids become parts of document names and addresses (`parseDocumentName`). */
const id = v.pipe(v.string('must be text'), v.regex(/^[a-z0-9]{8,40}$/, 'must have 8 to 40 letters a–z or digits'));

const entryId = v.pipe(
  v.string('must be text'),
  v.regex(/^[A-Za-z0-9_-]{1,40}$/, 'must have 1 to 40 letters, digits, - or _'),
);

const entry = {
  id: v.optional(entryId),
  title: line(MOST.title),
  startsAt: v.optional(time),
  endsAt: v.optional(time),
  moderator: v.optional(namedPerson),
  speakers: list(namedPerson),
  links: list(object({ kind: v.picklist(['video', 'slides', 'page'], 'must be video, slides or page'), url })),
  summary: v.optional(text(MOST.prose)),
  keyPoints: list(text(MOST.point)),
};

const delegation = object({
  country: v.nullable(countryOrWords),
  count,
  people: list(object({ name: line(MOST.line), organisation: v.nullable(line(MOST.line)) })),
});

const agendaItem = v.variant(
  'kind',
  [
    object({ kind: v.literal('opening'), ...entry }),
    object({ kind: v.literal('panel'), ...entry }),
    object({ kind: v.literal('closing'), ...entry }),
    object({
      kind: v.literal('workshop'),
      ...entry,
      id: v.optional(id),
      question: v.optional(text(MOST.point)),
      rooms: list(object({ id: v.optional(id), name: line(MOST.line) })),
    }),
  ],
  (issue) => (issue.path?.at(-1)?.key === 'kind' ? 'must be opening, panel, workshop or closing' : 'must be an object'),
);

const details = v.pipe(
  object({
    title: line(MOST.title),
    language: v.optional(language, 'en'),
    from: day,
    to: v.optional(day),
    place: v.optional(optionalText(MOST.line, cleanLine), ''),
    organisers: list(namedLink),
    hostEvent: v.optional(namedLink),
    countries: list(country),
    languages: v.optional(list(language)),
    decisionRule: v.optional(object({ consent: percent, objection: percent, quorum: percent }), DEFAULT_RULE),
    joinForm: v.optional(
      object({
        country: v.optional(askFor, DEFAULT_JOIN_FORM.country),
        organisation: v.optional(askFor, DEFAULT_JOIN_FORM.organisation),
        namesInOutcome: v.optional(v.boolean('must be true or false'), DEFAULT_JOIN_FORM.namesInOutcome),
      }),
      DEFAULT_JOIN_FORM,
    ),
    seats: v.optional(seats),
    agenda: list(agendaItem),
    outcome: v.optional(
      object({
        isOpen: v.optional(v.boolean('must be true or false')),
        headline: v.optional(text(MOST.point)),
        agendaHeading: v.optional(line(MOST.line)),
        recommendationsHeading: v.optional(line(MOST.line)),
        declaredParticipants: v.optional(count),
        declaredDelegations: v.optional(list(delegation)),
        source: v.optional(object({ url, publishedAt: line(MOST.line) })),
      }),
      {},
    ),
  }),
  v.forward(
    v.check((forum) => !forum.to || forum.from <= forum.to, 'must not be before the first day'),
    ['to'],
  ),
);

/** Reads a forum from JSON; a refusal names the field, such as `agenda[2].links[0].url`. `newId` gives ids that are missing; `stored` is what is edited. */
export function parseForumJson(
  json: unknown,
  newId: () => string,
  stored: Pick<ForumDetails, 'agenda'> | null = null,
): Result<ForumDetails> {
  if (Array.isArray(json)) return refused({ kind: 'fieldInvalid', field: 'JSON', reason: 'must be an object' });
  const tooMany = tooManyIn((json as { agenda?: unknown } | null)?.agenda, stored?.agenda);
  if (tooMany) return refused(tooMany);
  const read = v.safeParse(details, json, { abortEarly: true, abortPipeEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const field = pathOf(issue.path);
    if (issue.received === 'undefined' && field !== '') return refused({ kind: 'fieldMissing', field });
    return refused({ kind: 'fieldInvalid', field: field || 'JSON', reason: issue.message });
  }
  const { to, languages, agenda, ...rest } = read.output;
  const forum: ForumDetails = {
    ...rest,
    to: to ?? rest.from,
    languages: [...new Set(languages?.length ? languages : [rest.language])],
    countries: [...new Set(rest.countries)],
    agenda: agenda.map((item) => withIds(item, newId)),
  };
  const repeated = repeatedId(forum.agenda);
  return repeated ? refused({ kind: 'fieldInvalid', field: repeated, reason: 'is used twice' }) : accepted(forum);
}

function withIds(item: v.InferOutput<typeof agendaItem>, newId: () => string): AgendaItem {
  if (item.kind !== 'workshop') return { ...item, id: item.id ?? newId() };
  return {
    ...item,
    id: (item.id ?? newId()) as WorkshopId,
    rooms: item.rooms.map(({ id, name }) => ({ id: (id ?? newId()) as RoomId, name })),
  };
}

function repeatedId(agenda: readonly AgendaItem[]): string | null {
  const seen = new Set<string>();
  const isRepeated = (id: string): boolean => seen.has(id) || !seen.add(id);
  for (const [index, item] of agenda.entries()) {
    if (isRepeated(item.id)) return `agenda[${index}].id`;
    if (item.kind !== 'workshop') continue;
    for (const [place, room] of item.rooms.entries()) {
      if (isRepeated(room.id)) return `agenda[${index}].rooms[${place}].id`;
    }
  }
  return null;
}

/**
 * A forum as the database holds it: everything must be there and of the right type, but limits that people meet in a form
 * are not applied, so that tightening one never locks out what was saved before, and fields that are not named here are kept.
 */
const storedLink = v.looseObject({ name: v.string(), url: v.optional(v.string()) });
const storedPerson = v.looseObject({
  name: v.string(),
  country: v.optional(v.string()),
  role: v.optional(v.string()),
});
const storedEntry = {
  id: v.string(),
  title: v.string(),
  startsAt: v.optional(v.string()),
  endsAt: v.optional(v.string()),
  moderator: v.optional(storedPerson),
  speakers: v.array(storedPerson),
  links: v.array(v.looseObject({ kind: v.picklist(['video', 'slides', 'page']), url: v.string() })),
  summary: v.optional(v.string()),
  keyPoints: v.array(v.string()),
};
const stored = v.looseObject({
  title: v.string(),
  language: v.string(),
  from: v.string(),
  to: v.string(),
  place: v.string(),
  organisers: v.array(storedLink),
  hostEvent: v.optional(storedLink),
  countries: v.array(v.string()),
  languages: v.array(v.string()),
  decisionRule: v.looseObject({ consent: v.number(), objection: v.number(), quorum: v.number() }),
  seats: v.optional(v.number()),
  joinForm: v.looseObject({ country: askFor, organisation: askFor, namesInOutcome: v.boolean() }),
  agenda: v.array(
    v.variant('kind', [
      v.looseObject({ kind: v.literal('opening'), ...storedEntry }),
      v.looseObject({ kind: v.literal('panel'), ...storedEntry }),
      v.looseObject({ kind: v.literal('closing'), ...storedEntry }),
      v.looseObject({
        kind: v.literal('workshop'),
        ...storedEntry,
        question: v.optional(v.string()),
        rooms: v.array(v.looseObject({ id, name: v.string() })),
      }),
    ]),
  ),
  outcome: v.looseObject({
    isOpen: v.optional(v.boolean()),
    headline: v.optional(v.string()),
    agendaHeading: v.optional(v.string()),
    recommendationsHeading: v.optional(v.string()),
    declaredParticipants: v.optional(v.number()),
    declaredDelegations: v.optional(v.array(v.looseObject({ country: v.nullable(v.string()), count: v.number() }))),
    source: v.optional(v.looseObject({ url: v.string(), publishedAt: v.string() })),
  }),
});

/** Throws what `error` makes of the first problem: stored data that does not fit is damage, not input. */
export function parseStoredForum(json: unknown, error: (problem: string) => Error): ForumDetails {
  const read = v.safeParse(stored, json, { abortEarly: true });
  if (!read.success) throw error(`${pathOf(read.issues[0].path)}: ${read.issues[0].message}`);
  return read.output as ForumDetails;
}

function pathOf(path: readonly v.IssuePathItem[] | undefined): string {
  return (path ?? [])
    .map(({ key }, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? shownKey(key) : `.${shownKey(key)}`))
    .join('');
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

function isWebAddress(value: string): boolean {
  const parsed = URL.parse(value);
  return parsed !== null && ['http:', 'https:'].includes(parsed.protocol) && parsed.hostname !== '';
}
