import type { NamedLink } from '#domain/forum/forum.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import type { Inline, ParagraphRole, Piece } from './piece.ts';
import type { Wording } from './wording.ts';

/** Title, headline and the facts of the forum; a fact that nobody gave has no line. */
export function frontPieces(document: OutcomeDocument, wording: Wording): Piece[] {
  const { labels, lang, namesLang } = wording;
  const { language, title, headline, from, to, place, organisers, hostEvent, countries, languages } = document;
  const fact = (role: ParagraphRole, label: string, inlines: readonly Inline[]): Piece[] =>
    inlines.length > 0
      ? [{ kind: 'paragraph', role, lang, inlines: [{ text: `${label}: `, role: 'label' }, ...inlines] }]
      : [];
  const link = ({ name, url }: NamedLink): Inline => ({ text: name, href: url, role: 'organiser', lang: language });
  return [
    { kind: 'heading', level: 1, role: 'title', text: { text: title, lang: language }, own: true },
    ...(headline === null
      ? []
      : [{ kind: 'paragraph', role: 'headline', lang: language, inlines: [{ text: headline }] } as const]),
    ...fact('dates', labels.dates, dates(from, to, wording)),
    ...fact('place', labels.place, place ? [{ text: place, role: 'value', lang: language }] : []),
    ...fact('organisers', labels.organisedBy, separated(organisers.map(link))),
    ...fact('host-event', labels.heldWith, hostEvent ? [link(hostEvent)] : []),
    ...fact(
      'countries',
      labels.countries,
      separated(countries.map((code) => ({ text: wording.country(code), role: 'country', code, lang: namesLang }))),
    ),
    ...fact(
      'languages',
      labels.languages,
      separated(
        languages.map((tag) => ({ text: wording.language(tag), role: 'language', code: tag, lang: namesLang })),
      ),
    ),
  ];
}

/** "28–30 October 2025" is one stretch of words for two days: both days stand behind it. */
function dates(from: string, to: string, { days, namesLang }: Wording): Inline[] {
  const code = from === to ? from : `${from}/${to}`;
  return [{ text: days(from, to), role: 'days', code, lang: namesLang }];
}

/** With "; " between: names have commas in them. */
export const separated = (inlines: readonly Inline[]): Inline[] =>
  inlines.flatMap((inline, index) => (index === 0 ? [inline] : [{ text: '; ' }, inline]));
