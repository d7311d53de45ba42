import type { AgendaItem } from '#domain/forum/agenda.ts';
import type { ItemId, RoomId, ThemeId, WorkshopId } from '#domain/ids.ts';
import type { Block } from '#domain/languages/text.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';

const LANGUAGES = ['en', 'ur', 'kk'] as const;

/** A document with the first string in every field that there is once, and with each string in each of the others. */
export function hostileOutcome(strings: readonly string[], language: string = 'en'): OutcomeDocument {
  const [first = ''] = strings;
  const href = `https://example.org/${first.toWellFormed()}`;
  const blocks = (text: string, lang: string): Block[] => [
    {
      kind: 'paragraph',
      lang,
      runs: [{ text }, { text, strong: true }, { text, em: true, href: `https://e.org/${text}` }],
    },
    { kind: 'list', lang, items: [[{ text }], [{ text, href: `mailto:${text}` }]] },
  ];
  const items = <T>(make: (text: string, lang: string, index: number) => T): T[] =>
    strings.map((text, index) => make(text, LANGUAGES[index % LANGUAGES.length] ?? 'en', index));
  const agenda = items((text, _, index): AgendaItem => {
    const entry = {
      id: `agenda-${index}`,
      title: text,
      startsAt: text.slice(0, 40),
      moderator: { name: text, role: text },
      speakers: [{ name: text, country: 'KG', role: text }],
      links: [{ kind: 'video' as const, url: `https://video.example/${text}` }],
      summary: text,
      keyPoints: [text],
    };
    return index % 2 === 0
      ? { ...entry, kind: 'panel' }
      : {
          ...entry,
          kind: 'workshop',
          id: `workshop-${index}` as WorkshopId,
          question: text,
          rooms: [{ id: `room-${index}` as RoomId, name: text }],
        };
  });
  const item = (text: string, lang: string, index: number, number: string) => ({
    id: `item-${number}-${index}` as ItemId,
    number,
    lang,
    blocks: blocks(text, lang),
    room: text,
    merged: [{ id: `merged-${number}-${index}` as ItemId, lang, blocks: blocks(text, lang) }],
  });
  return {
    model: 1,
    language,
    title: first,
    headline: first,
    from: '2026-05-14',
    to: '2026-05-16',
    place: first,
    organisers: items((name) => ({ name, url: href })),
    hostEvent: { name: first, url: href },
    countries: ['KG', 'PK'],
    languages: ['en', 'ur'],
    preamble: items((text, lang) => blocks(text, lang)).flat(),
    agendaHeading: first,
    agenda,
    recommendationsHeading: first,
    themes: items((text, lang, index) => ({
      id: `theme-${index}` as ThemeId,
      number: index + 1,
      title: { text, lang },
      recommendations: [item(text, lang, index, `${index + 1}.1`)],
    })),
    closing: items((text, lang) => blocks(text, lang)).flat(),
    participants: {
      total: strings.length,
      delegations: [{ country: 'KG', count: strings.length, people: items((name) => ({ name, organisation: name })) }],
    },
    parkingLot: items((text, lang, index) => item(text, lang, index, '')),
    notes: items((text, lang) => blocks(text, lang)).flat(),
    source: { url: href, publishedAt: '2026-06-01' },
  };
}
