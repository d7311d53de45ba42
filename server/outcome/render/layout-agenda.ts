import type { AgendaItem, AgendaLink, NamedPerson } from '#domain/forum/agenda.ts';
import type { Language } from '#domain/languages/language.ts';
import { separated } from './layout-front.ts';
import type { Inline, Piece } from './piece.ts';
import type { Wording } from './wording.ts';

/** An agenda item's heading and whatever is known of it. */
export function agendaPieces(item: AgendaItem, language: Language, wording: Wording, repeat: boolean): Piece[] {
  const { labels, lang } = wording;
  const label = (text: string): Inline => ({ text: `${text}: `, role: 'label' });
  const own = (text: string): Inline => ({ text, role: 'value', lang: language });
  const pieces: Piece[] = [
    {
      kind: 'agendaHeading',
      item: item.kind,
      text: { text: item.title, lang: language },
      time: item.startsAt && item.endsAt ? `${item.startsAt}–${item.endsAt}` : (item.startsAt ?? item.endsAt ?? ''),
      code: `${item.startsAt ?? ''}/${item.endsAt ?? ''}`,
    },
  ];
  if (item.moderator) {
    const who = item.kind === 'workshop' ? labels.facilitator : labels.moderator;
    const inlines = [label(who), ...personInlines(item.moderator, language, wording)];
    pieces.push({ kind: 'paragraph', role: 'moderator', lang, inlines });
  }
  if (item.speakers.length > 0 && (repeat || !introducesAll(item))) {
    pieces.push(
      { kind: 'paragraph', role: 'speakers-label', lang, inlines: [{ text: `${labels.speakers}:`, role: 'label' }] },
      {
        kind: 'list',
        role: 'speakers',
        lang: language,
        entries: item.speakers.map((speaker) => personInlines(speaker, language, wording)),
      },
    );
  }
  if (item.kind === 'workshop' && item.question) {
    pieces.push({ kind: 'paragraph', role: 'question', lang, inlines: [label(labels.question), own(item.question)] });
  }
  for (const text of item.summary?.split('\n') ?? []) {
    pieces.push({ kind: 'paragraph', role: 'summary', lang: language, inlines: [{ text }] });
  }
  if (item.keyPoints.length > 0) {
    pieces.push({
      kind: 'list',
      role: 'key-points',
      lang: language,
      entries: item.keyPoints.map((text) => [{ text }]),
    });
  }
  if (item.links.length > 0) {
    const inlines = separated(item.links.map((link) => linkInline(link, wording)));
    pieces.push({ kind: 'paragraph', role: 'links', lang, inlines });
  }
  if (item.kind === 'workshop' && item.rooms.length > (repeat ? 0 : 1)) {
    const rooms = item.rooms.map(({ name }): Inline => ({ text: name, role: 'room', lang: language }));
    pieces.push({ kind: 'paragraph', role: 'rooms', lang, inlines: [label(labels.rooms), ...separated(rooms)] });
  }
  return pieces;
}

function personInlines({ name, country, role }: NamedPerson, language: Language, wording: Wording): Inline[] {
  const inlines: Inline[] = [{ text: name, role: 'person', strong: true, lang: language }];
  if (country) {
    const words: Inline = { text: wording.country(country), role: 'country', code: country, lang: wording.namesLang };
    inlines.push({ text: ' (' }, words, { text: ')' });
  }
  if (role) inlines.push({ text: ', ' }, { text: role, role: 'person-role', lang: language });
  return inlines;
}

/** The address is written out: on paper a link cannot be followed. */
function linkInline({ kind, url }: AgendaLink, { labels }: Wording): Inline {
  return { text: `${labels[kind]}: ${url}`, href: url, role: kind };
}

const introducesAll = ({ speakers, summary = '' }: AgendaItem): boolean =>
  speakers.every(({ name, role = '' }) => summary.includes(name) && summary.includes(role));
