import { isTag, type ChildNode, type Document, type Element } from 'domhandler';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type NamedLink } from '#domain/forum/forum.ts';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import type { Delegation, OutcomeDraft } from '#domain/outcome/document.ts';
import type { ImportedItem, ImportedOutcome, ImportedTheme } from './imported.ts';
import { OwnAgenda } from './own-agenda.ts';
import { codeOf, entriesOf, first, has, hrefIn, roles, verbatim, within, words, wordsIn } from './own-markup.ts';
import { runsOf } from './runs.ts';

/** What the post says around its text. */
export interface PostFrame {
  readonly title: string;
  readonly slug: string;
  readonly language: Language;
}

const PARTS = ['preamble', 'closing', 'notes'] as const;
const PIECES = new Set<string>([
  ...PARTS,
  ...['title', 'headline', 'dates', 'place', 'organisers', 'host-event', 'countries', 'languages', 'agenda-heading'],
  ...['agenda-item', 'moderator', 'speakers-label', 'speakers', 'question', 'rooms', 'summary', 'key-points', 'links'],
  ...['recommendations-heading', 'theme', 'recommendations', 'closing-heading', 'participants-heading', 'delegations'],
  ...['participants', 'parking-lot-heading', 'parking-lot', 'notes-heading', 'source', 'kind'],
]);

/** Our own export, read back to exactly the model it was made from. */
export function ownOutcome(document: Document, frame: PostFrame): ImportedOutcome {
  const pieces = piecesIn(document.children);
  const one = (role: string) => pieces.find((piece) => has(piece, role));
  const all = (part: (typeof PARTS)[number]) =>
    pieces.filter((piece) => has(piece, part)).map((piece) => blockIn(piece, frame.language));
  const agenda = new OwnAgenda();
  const themes: (ImportedTheme & { items: ImportedItem[] })[] = [];
  const parkingLot: ImportedItem[] = [];
  for (const piece of pieces) {
    if (has(piece, 'theme'))
      themes.push({ title: { text: words(piece), lang: langOf(piece, frame.language) }, items: [] });
    else if (has(piece, 'recommendations')) themes.at(-1)?.items.push(...itemsIn(piece, frame.language));
    else if (has(piece, 'parking-lot')) parkingLot.push(...itemsIn(piece, frame.language));
    else agenda.read(piece);
  }
  const title = one('title');
  const headline = one('headline');
  const [from = '', to = from] = codesIn(one('dates'), 'days')[0]?.split('/') ?? [];
  const [hostEvent] = linksIn(one('host-event'));
  const draft: OutcomeDraft = { preamble: all('preamble'), closing: all('closing'), notes: all('notes') };
  return {
    slug: frame.slug,
    themes,
    parkingLot,
    draft,
    unplaced: [],
    details: {
      title: title ? words(title) : frame.title,
      language: frame.language,
      from,
      to,
      place: textIn(one('place'), 'value') ?? '',
      organisers: linksIn(one('organisers')),
      ...(hostEvent && { hostEvent }),
      countries: codesIn(one('countries'), 'country'),
      languages: codesIn(one('languages'), 'language').filter(isLanguage),
      decisionRule: DEFAULT_RULE,
      joinForm: DEFAULT_JOIN_FORM,
      agenda: agenda.items,
      outcome: {
        ...(headline ? { headline: words(headline) } : title && title.name !== 'h1' ? { headline: frame.title } : {}),
        ...ownHeading('agendaHeading', one('agenda-heading')),
        ...ownHeading('recommendationsHeading', one('recommendations-heading')),
        ...declared(one('participants'), one('delegations')),
        ...sourceIn(one('source')),
      },
    },
  };
}

function piecesIn(nodes: readonly ChildNode[]): Element[] {
  return nodes.flatMap((node): Element[] => {
    if (!isTag(node)) return [];
    return roles(node).some((role) => PIECES.has(role)) ? [node] : piecesIn(node.children);
  });
}

const langOf = (element: Element, fallback: Language): Language => {
  const lang = wordsIn(element).attribs.lang ?? element.attribs.lang;
  return isLanguage(lang) ? lang : fallback;
};

function blockIn(element: Element, fallback: Language): Block {
  const lang = langOf(element, fallback);
  return element.name === 'ul' || element.name === 'ol'
    ? { kind: 'list', lang, items: entriesOf(element).map((entry) => runsOf(wordsIn(entry).children, true)) }
    : { kind: 'paragraph', lang, runs: runsOf(wordsIn(element).children, true) };
}

const itemsIn = (list: Element, fallback: Language): ImportedItem[] =>
  entriesOf(list).map((entry) => {
    const inside = first(entry, 'merged');
    const others = inside ? within(inside, 'block') : [];
    const own = within(entry, 'block').filter((block) => !others.includes(block));
    const room = first(entry, 'room');
    return {
      ...itemIn(entry, own, fallback),
      room: room ? verbatim(room) : null,
      merged: inside ? entriesOf(inside).map((item) => itemIn(item, within(item, 'block'), fallback)) : [],
    };
  });

function itemIn(entry: Element, blocks: readonly Element[], fallback: Language) {
  const code = blocks[0] && codeOf(blocks[0]);
  const lang = isLanguage(entry.attribs.lang) ? entry.attribs.lang : isLanguage(code) ? code : fallback;
  return { lang, blocks: blocks.map((block) => blockIn(block, lang)) };
}

const codesIn = (element: Element | undefined, role: string): string[] =>
  element ? within(element, role).flatMap((found) => codeOf(found) ?? []) : [];

function textIn(element: Element | undefined, role: string): string | undefined {
  const found = element && first(element, role);
  return found && verbatim(found);
}

const linksIn = (element: Element | undefined): NamedLink[] =>
  (element ? within(element, 'organiser') : []).map((found) => {
    const url = hrefIn(found);
    return { name: verbatim(found), ...(url !== undefined && { url }) };
  });

function ownHeading(
  field: 'agendaHeading' | 'recommendationsHeading',
  element: Element | undefined,
): Record<string, string> {
  return element && !has(element, 'by-default') ? { [field]: words(element) } : {};
}

function declared(total: Element | undefined, table: Element | undefined) {
  const rows = table ? within(table, 'country').map((country) => delegationIn(country)) : [];
  const [count] = codesIn(total, 'count');
  return {
    ...(count !== undefined && { declaredParticipants: Number(count) }),
    ...(rows.length > 0 && { declaredDelegations: rows }),
  };
}

function delegationIn(country: Element): Delegation {
  let row: Element = country;
  while (row.name !== 'tr' && row.parent && isTag(row.parent)) row = row.parent;
  const count = first(row, 'count');
  return {
    country: codeOf(country) ?? null,
    count: count ? Number(verbatim(count)) : 0,
    people: within(row, 'member').map((member) => ({
      name: textIn(member, 'person') ?? '',
      organisation: textIn(member, 'organisation') ?? null,
    })),
  };
}

function sourceIn(element: Element | undefined) {
  const value = element && first(element, 'value');
  const url = value && hrefIn(value);
  const [publishedAt] = codesIn(element, 'published');
  return url && publishedAt ? { source: { url, publishedAt } } : {};
}
