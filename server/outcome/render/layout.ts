import type { Language } from '#domain/languages/language.ts';
import { isBlank, type Block } from '#domain/languages/text.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { agendaPieces } from './layout-agenda.ts';
import { frontPieces } from './layout-front.ts';
import type { HeadingRole, Piece } from './piece.ts';
import type { Wording } from './wording.ts';

export interface Layout {
  /** Title and facts: a cover where there are pages. */
  readonly front: readonly Piece[];
  readonly body: readonly Piece[];
  readonly annexes: readonly Piece[];
}

export interface LayoutOptions {
  /** False leaves out a list of speakers whom the summary below it introduces one by one, and the name of an only room. */
  readonly repeat: boolean;
}

export function layOut(
  document: OutcomeDocument,
  wording: Wording,
  { repeat }: LayoutOptions = { repeat: true },
): Layout {
  const { labels, lang } = wording;
  const mergedLabel = { text: `${labels.merged}:`, lang };
  const heading = (role: HeadingRole, own: string | null, label: string): Piece => ({
    kind: 'heading',
    level: 2,
    role,
    ...(own === null || isBlank(own)
      ? { text: { text: label, lang }, own: false }
      : { text: { text: own, lang: document.language }, own: true }),
  });
  const part = <T>(content: readonly T[], head: Piece, pieces: (content: readonly T[]) => Piece[]): Piece[] =>
    content.length > 0 ? [head, ...pieces(content)] : [];
  return {
    front: frontPieces(document, wording),
    body: [
      ...blockPieces('preamble', document.preamble),
      ...(document.agenda.length > 0 || document.agendaHeading !== null
        ? [heading('agenda-heading', document.agendaHeading, labels.agenda)]
        : []),
      ...document.agenda.flatMap((item) => agendaPieces(item, document.language, wording, repeat)),
      ...(document.themes.length > 0 || document.recommendationsHeading !== null
        ? [heading('recommendations-heading', document.recommendationsHeading, labels.recommendations)]
        : []),
      ...document.themes.flatMap(({ number, title, recommendations }): Piece[] => [
        { kind: 'themeHeading', number, text: title },
        ...(recommendations.length > 0
          ? [{ kind: 'recommendations', role: 'recommendations', entries: recommendations, mergedLabel } as const]
          : []),
      ]),
      ...part(document.closing, heading('closing-heading', null, labels.closing), (blocks) =>
        blockPieces('closing', blocks),
      ),
    ],
    annexes: [
      ...participantPieces(document, wording, heading),
      ...part(
        document.parkingLot,
        heading('parking-lot-heading', null, `${labels.annex}: ${labels.parkingLot}`),
        (entries) => [{ kind: 'recommendations', role: 'parking-lot', entries, mergedLabel }],
      ),
      ...part(document.notes, heading('notes-heading', null, `${labels.annex}: ${labels.notes}`), (blocks) =>
        blockPieces('notes', blocks),
      ),
      ...sourcePieces(document, wording),
    ],
  };
}

const blockPieces = (role: 'preamble' | 'closing' | 'notes', blocks: readonly Block[]): Piece[] =>
  blocks.map((block) =>
    block.kind === 'paragraph'
      ? { kind: 'paragraph', role, lang: block.lang, inlines: block.runs }
      : { kind: 'list', role, lang: block.lang, entries: block.items },
  );

function participantPieces(
  { participants: { total, delegations } }: OutcomeDocument,
  { labels, lang, namesLang, country }: Wording,
  heading: (role: HeadingRole, own: null, label: string) => Piece,
): Piece[] {
  if (total === 0 && delegations.length === 0) return [];
  const named = delegations.some(({ people }) => people.length > 0);
  const countryWords = (code: string | null): { text: string; lang: Language } =>
    code === null ? { text: labels.noCountry, lang } : { text: country(code), lang: namesLang };
  return [
    heading('participants-heading', null, delegations.length > 0 ? labels.participantsByCountry : labels.participants),
    ...(delegations.length > 0
      ? [
          {
            kind: 'delegations',
            head: [labels.country, labels.people, named ? labels.names : null],
            headLang: lang,
            rows: delegations.map((row) => ({ ...row, code: row.country, country: countryWords(row.country) })),
          } as const,
        ]
      : []),
    {
      kind: 'paragraph',
      role: 'participants',
      lang,
      inlines: [
        { text: `${labels.total}: `, role: 'label' },
        { text: String(total), role: 'count', code: String(total) },
      ],
    },
  ];
}

function sourcePieces({ source }: OutcomeDocument, { labels, lang, namesLang, day }: Wording): Piece[] {
  if (!source) return [];
  const { url, publishedAt } = source;
  return [
    {
      kind: 'paragraph',
      role: 'source',
      lang,
      inlines: [
        { text: `${labels.source}: `, role: 'label' },
        { text: url, href: url, role: 'value' },
        { text: ', ' },
        { text: day(publishedAt.slice(0, 10)), role: 'published', code: publishedAt, lang: namesLang },
      ],
    },
  ];
}
