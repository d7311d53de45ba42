import type { ChildNode } from 'domhandler';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE } from '#domain/forum/forum.ts';
import type { WorkshopId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import { textOfRuns, type Block } from '#domain/languages/text.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { CountryNames } from './country-names.ts';
import type { ImportedOutcome } from './imported.ts';
import type { Post } from './post.ts';
import { sectionsOf } from './sections.ts';
import { linesOfNode, sourceNodes, textOfNode, type SourceNode } from './source.ts';
import { TypedAgenda } from './typed-agenda.ts';
import { typedFacts } from './typed-facts.ts';
import { typedThemes } from './typed-themes.ts';

/** A post that somebody typed: every word of it goes to the part it belongs to, or to the notes. */
export function typedOutcome(post: Post, body: readonly ChildNode[]): Result<ImportedOutcome> {
  const { language } = post;
  const sections = sectionsOf(sourceNodes(body));
  if (!sections) return refused({ kind: 'recommendationsMissing' });
  const heading = sections.recommendationsHeading && textOfRuns(sections.recommendationsHeading);
  const { themes, lead, between, after } = typedThemes(sections.recommendations, heading ?? post.title, language);
  if (!themes.some(({ items }) => items.length > 0)) return refused({ kind: 'recommendationsMissing' });

  const countries = new CountryNames([...new Set(['en', 'ru', language])]);
  const unplaced: SourceNode[] = [];
  const [intro, opening] = taken(sections.intro, new TypedAgenda(countries, false));
  const [adrift, sessions] = taken(sections.agenda, new TypedAgenda(countries, true));
  const [stray, workshops] = taken(lead, new TypedAgenda(countries, false));
  unplaced.push(...stray, ...between);
  const preamble = [...intro, ...adrift];
  const facts = typedFacts(preamble.flatMap(linesOfNode), countries, language);
  const days = facts.days ?? { from: post.day, to: post.day };
  if (days.from === '')
    return refused({ kind: 'fieldInvalid', field: 'date', reason: 'must be a day: the text names none' });

  const agenda = [
    ...opening.items(1),
    ...sessions.items(1 + opening.size),
    ...workshops.items(1 + opening.size + sessions.size),
  ];
  if (!agenda.some(({ kind }) => kind === 'workshop')) {
    // The clauses need a table to lie on: a workshop that is called what the post calls them.
    const id = `item-${agenda.length + 1}` as WorkshopId;
    agenda.push({
      kind: 'workshop',
      id,
      title: heading ?? post.title,
      speakers: [],
      links: [],
      keyPoints: [],
      rooms: [],
    });
  }
  const title = facts.title ?? post.title;
  return accepted({
    slug: post.slug,
    themes,
    parkingLot: [],
    unplaced: unplaced.map(textOfNode),
    draft: {
      preamble: preamble.flatMap((node) => blocksOf(node, language)),
      closing: after.flatMap((node) => blocksOf(node, language)),
      notes: unplaced.flatMap((node) => blocksOf(node, language)),
    },
    details: {
      title,
      language,
      ...days,
      place: facts.place,
      organisers: facts.organisers,
      ...(facts.hostEvent && { hostEvent: facts.hostEvent }),
      countries: facts.countries,
      languages: [language],
      decisionRule: DEFAULT_RULE,
      joinForm: DEFAULT_JOIN_FORM,
      agenda,
      outcome: {
        ...(post.title !== title && { headline: post.title }),
        ...(sections.agendaHeading && { agendaHeading: textOfRuns(sections.agendaHeading) }),
        ...(heading !== null && { recommendationsHeading: heading }),
        ...(facts.participants !== null && { declaredParticipants: facts.participants }),
        ...(post.source && { source: post.source }),
      },
    },
  });
}

/** What an agenda did not take, and the agenda. */
function taken(nodes: readonly SourceNode[], agenda: TypedAgenda): [left: SourceNode[], agenda: TypedAgenda] {
  return [nodes.filter((node) => !agenda.take(node)), agenda];
}

function blocksOf(node: SourceNode, lang: Language): Block[] {
  if (node.kind === 'list') return [{ kind: 'list', lang, items: linesOfNode(node) }];
  return linesOfNode(node).map((runs) => ({
    kind: 'paragraph',
    lang,
    // A heading that has no part of its own stays a strong paragraph.
    runs: node.kind === 'heading' ? runs.map((run) => ({ ...run, strong: true as const })) : runs,
  }));
}
