import * as v from 'valibot';
import type { AgendaItem, NamedPerson } from '#domain/forum/agenda.ts';
import type { NamedLink } from '#domain/forum/forum.ts';
import type { ItemId, RoomId, ThemeId, WorkshopId } from '#domain/ids.ts';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import type { Block, Run, Text } from '#domain/languages/text.ts';
import type { MergedItem, OutcomeDocument, OutcomeRecommendation } from '#domain/outcome/document.ts';
import { isSafeHref } from './rich-text.ts';

/**
 * The documented shape of an exported `.json`: exactly the document's model, nothing more. Objects are strict, so that a
 * field which a renderer invented or an importer misspelled is an error and not silence.
 */
const Id = <T extends string>() => v.pipe(v.string(), v.nonEmpty()) as unknown as v.GenericSchema<string, T>;
const Lang = v.pipe(
  v.string(),
  v.check((tag) => isLanguage(tag), 'not a language tag'),
) as v.GenericSchema<string, Language>;
const Href = v.pipe(v.string(), v.check(isSafeHref, 'not an http, https or mailto link'));
const Country = v.pipe(v.string(), v.regex(/^[A-Z]{2}$/, 'not an ISO 3166-1 alpha-2 code'));
/** A person's: the words somebody wrote where no code was found. */
const CountryOrWords = v.pipe(v.string(), v.nonEmpty());
const Day = v.pipe(v.string(), v.isoDate());
const list = <T extends v.GenericSchema>(schema: T) => v.array(schema);

const RunSchema: v.GenericSchema<unknown, Run> = v.strictObject({
  text: v.string(),
  strong: v.optional(v.literal(true)),
  em: v.optional(v.literal(true)),
  href: v.optional(Href),
});
const TextSchema: v.GenericSchema<unknown, Text> = v.strictObject({ text: v.string(), lang: Lang });
const BlockSchema: v.GenericSchema<unknown, Block> = v.variant('kind', [
  v.strictObject({ kind: v.literal('paragraph'), lang: Lang, runs: list(RunSchema) }),
  v.strictObject({ kind: v.literal('list'), lang: Lang, items: list(list(RunSchema)) }),
]);

const NamedLinkSchema: v.GenericSchema<unknown, NamedLink> = v.strictObject({
  name: v.string(),
  url: v.optional(Href),
});
const PersonSchema: v.GenericSchema<unknown, NamedPerson> = v.strictObject({
  name: v.string(),
  country: v.optional(CountryOrWords),
  role: v.optional(v.string()),
});
const entry = {
  id: v.pipe(v.string(), v.nonEmpty()),
  title: v.string(),
  startsAt: v.optional(v.string()),
  endsAt: v.optional(v.string()),
  moderator: v.optional(PersonSchema),
  speakers: list(PersonSchema),
  links: list(v.strictObject({ kind: v.picklist(['video', 'slides', 'page']), url: Href })),
  summary: v.optional(v.string()),
  keyPoints: list(v.string()),
};
const AgendaItemSchema: v.GenericSchema<unknown, AgendaItem> = v.variant('kind', [
  v.strictObject({ kind: v.literal('opening'), ...entry }),
  v.strictObject({ kind: v.literal('panel'), ...entry }),
  v.strictObject({ kind: v.literal('closing'), ...entry }),
  v.strictObject({
    ...entry,
    kind: v.literal('workshop'),
    id: Id<WorkshopId>(),
    question: v.optional(v.string()),
    rooms: list(v.strictObject({ id: Id<RoomId>(), name: v.string() })),
  }),
]);

const MergedSchema: v.GenericSchema<unknown, MergedItem> = v.strictObject({
  id: Id<ItemId>(),
  lang: Lang,
  blocks: list(BlockSchema),
});
const RecommendationSchema: v.GenericSchema<unknown, OutcomeRecommendation> = v.strictObject({
  id: Id<ItemId>(),
  number: v.string(),
  lang: Lang,
  blocks: list(BlockSchema),
  room: v.nullable(v.string()),
  // Documents of before 27 November 2026 have no such list.
  merged: v.optional(list(MergedSchema), []),
});

export const OutcomeDocumentSchema: v.GenericSchema<unknown, OutcomeDocument> = v.strictObject({
  model: v.literal(1),
  language: Lang,
  title: v.string(),
  headline: v.nullable(v.string()),
  from: Day,
  to: Day,
  place: v.string(),
  organisers: list(NamedLinkSchema),
  hostEvent: v.nullable(NamedLinkSchema),
  countries: list(Country),
  languages: list(Lang),
  preamble: list(BlockSchema),
  agendaHeading: v.nullable(v.string()),
  agenda: list(AgendaItemSchema),
  recommendationsHeading: v.nullable(v.string()),
  themes: list(
    v.strictObject({
      id: Id<ThemeId>(),
      number: v.number(),
      title: TextSchema,
      recommendations: list(RecommendationSchema),
    }),
  ),
  closing: list(BlockSchema),
  participants: v.strictObject({
    total: v.number(),
    delegations: list(
      v.strictObject({
        country: v.nullable(CountryOrWords),
        count: v.number(),
        people: list(v.strictObject({ name: v.string(), organisation: v.nullable(v.string()) })),
      }),
    ),
  }),
  parkingLot: list(RecommendationSchema),
  notes: list(BlockSchema),
  source: v.nullable(v.strictObject({ url: Href, publishedAt: v.string() })),
});

/** Throws `ValiError` with the path of the first thing that is not as documented. */
export const parseOutcomeDocument = (value: unknown): OutcomeDocument => v.parse(OutcomeDocumentSchema, value);
