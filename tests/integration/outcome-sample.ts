import type { Board, Item } from '#domain/board/board.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, ItemId, RoomId, SeatId, ThemeId, WorkshopId } from '#domain/ids.ts';
import type { Block, Run } from '#domain/languages/text.ts';
import type { OutcomeSources } from '#domain/outcome/assemble.ts';

/** A forum that has one of everything, several languages and directions, and text that tries to be markup. */
export const HOSTILE = '<script>alert(1)</script> *x* #y $z$ _u_ =1+1 ]]> {{x}} `code` \\w & "q" \'s\' <b>not bold</b>';

export const paragraph = (lang: string, ...runs: (string | Run)[]): Block => ({
  kind: 'paragraph',
  lang,
  runs: runs.map((run) => (typeof run === 'string' ? { text: run } : run)),
});

export const item = (id: string, lang: string, ...blocks: Block[]): Item => ({
  id: id as ItemId,
  by: 'seat0001' as SeatId,
  at: 0,
  lang,
  blocks,
  comments: [],
  reactions: {},
  merged: [],
});

export const theme = (id: string, lang: string, text: string, ...items: Item[]): Board['themes'][number] => ({
  id: id as ThemeId,
  title: { text, lang },
  items,
});

export const seatOf = (
  id: string,
  role: Role,
  name: string,
  country: string | null,
  organisation: string | null = null,
): { seat: Seat; person: Person } => ({
  seat: {
    id: id as SeatId,
    forumId: 'forum00001' as ForumId,
    role,
    accountId: role === 'organizer' ? ('account001' as AccountId) : null,
    joinedAt: 0,
    removedAt: null,
  },
  person: { seatId: id as SeatId, name, country, organisation, language: 'en' },
});

export const forum: Forum = {
  id: 'forum00001' as ForumId,
  slug: 'reading-rivers',
  version: 3,
  joinCode: 'ABCDEFGH',
  joinCodeExpiresAt: null,
  title: 'Reading Rivers: libraries of the dry valleys',
  language: 'en',
  from: '2026-05-14',
  to: '2026-05-16',
  place: 'Osh',
  organisers: [
    { name: 'Valley Library Union', url: 'https://libraries.example/union' },
    { name: 'House of Readers & Writers' },
  ],
  hostEvent: { name: 'Week of the Book', url: 'https://week.example/' },
  countries: ['KG', 'KZ', 'PK'],
  languages: ['en', 'ru', 'kk', 'ur'],
  decisionRule: DEFAULT_RULE,
  joinForm: DEFAULT_JOIN_FORM,
  agenda: [
    {
      kind: 'opening',
      id: 'opening-1',
      title: 'Welcome',
      startsAt: '09:00',
      endsAt: '09:30',
      speakers: [
        { name: 'Nargiza Orozova', country: 'KG', role: 'Director, Valley Library Union' },
        { name: 'Faisal Khan', country: 'PK' },
      ],
      links: [],
      keyPoints: ['A book is a well', 'Nobody reads alone'],
      summary: 'Hosts welcomed the guests.\nThe day was explained.',
    },
    {
      kind: 'panel',
      id: 'panel-1',
      title: `Panel ${HOSTILE}`,
      startsAt: '10:00',
      moderator: { name: 'Timur Akhmetov', country: 'KZ', role: 'editor' },
      speakers: [],
      links: [
        { kind: 'video', url: 'https://video.example/watch?v=1&t=2' },
        { kind: 'slides', url: 'https://slides.example/deck.pdf' },
        { kind: 'page', url: 'https://page.example/' },
      ],
      keyPoints: [],
    },
    {
      kind: 'workshop',
      id: 'workshop01' as WorkshopId,
      title: 'Group session',
      moderator: { name: 'Aida Sultanova' },
      speakers: [],
      links: [],
      keyPoints: [],
      question: 'What will our libraries do together by 2028?',
      rooms: [
        { id: 'room000001' as RoomId, name: 'Room “Syr”' },
        { id: 'room000002' as RoomId, name: 'Room “Indus”' },
      ],
    },
    { kind: 'closing', id: 'closing-1', title: 'Farewell', speakers: [], links: [], keyPoints: [] },
  ],
  outcome: {},
};

const boards: OutcomeSources['boards'] = [
  {
    room: { id: 'room000001', name: 'Room “Syr”' },
    board: {
      themes: [
        theme(
          'theme0001',
          'en',
          '1. Shared shelves',
          item(
            'item0001',
            'en',
            paragraph(
              'en',
              'Open ',
              { text: 'one catalogue', strong: true },
              ' for ',
              { text: 'all', em: true },
              ' valleys, see ',
              { text: 'the draft', href: 'https://catalogue.example/?a=1&b=2' },
              ';',
            ),
          ),
          item('item0002', 'ru', paragraph('ru', 'Передвижная библиотека приезжает в каждое село раз в месяц.')),
          item('item0009', 'en', paragraph('en', '   ')),
        ),
        theme(
          'theme0002',
          'kk',
          'Тілдер мен аудармалар',
          item(
            'item0003',
            'kk',
            paragraph('kk', 'Әр ауылға өз тілінде жүз кітап жеткізу: ғылым, өнер, ұлттық мұра, һәм іс қағаздары.'),
          ),
        ),
        theme('theme0009', 'en', '  '),
      ],
      loose: [item('item0004', 'ur', paragraph('ur', 'دریا کنارے کتابوں کا میلہ۔'))],
    },
  },
  {
    room: { id: 'room000002', name: 'Room “Indus”' },
    board: {
      themes: [
        theme(
          'theme0003',
          'en',
          ' shared  Shelves ',
          item(
            'item0005',
            'ur',
            paragraph('ur', 'ہر گاؤں میں ایک چھوٹی لائبریری قائم کی جائے، جہاں بچے 2028 تک روز پڑھ سکیں۔'),
            { kind: 'list', lang: 'ur', items: [[{ text: 'کتابیں' }], [{ text: 'اساتذہ', strong: true }]] },
          ),
          item(
            'item0006',
            'en',
            paragraph('en', HOSTILE),
            paragraph('en', '=1+1'),
            paragraph('ru', 'Второй абзац на другом языке.'),
          ),
        ),
        theme(
          'theme0004',
          'en',
          HOSTILE,
          item('item0007', 'en', {
            kind: 'list',
            lang: 'en',
            items: [[{ text: 'first\nsecond line' }], [{ text: 'second' }]],
          }),
        ),
      ],
      loose: [item('item0008', 'en', paragraph('en', '=HYPERLINK("http://evil.example")'))],
    },
  },
];

export const sources: OutcomeSources = {
  forum,
  boards,
  draft: {
    preamble: [
      paragraph('en', 'We, the ', { text: 'readers', strong: true }, ` of the valleys, ${HOSTILE}`),
      paragraph('ru', 'Мы собрались, чтобы договориться.'),
      paragraph('en', ' '),
      {
        kind: 'list',
        lang: 'en',
        items: [
          [{ text: 'noting the drought' }],
          [
            { text: 'noting the ', em: true },
            { text: 'books', strong: true, em: true },
          ],
        ],
      },
    ],
    closing: [paragraph('ur', 'ہم سب مل کر پڑھیں گے۔')],
    notes: [paragraph('en', 'Taken from the wall: “more chairs”.')],
  },
  people: [
    seatOf('seat0001', 'participant', 'Aibek', 'KG', 'School 5'),
    seatOf('seat0002', 'participant', 'Gulnara', 'KG'),
    seatOf('seat0003', 'facilitator', 'Aida Sultanova', 'KZ', 'Union'),
    seatOf('seat0004', 'observer', 'Zainab', 'PK'),
    seatOf('seat0005', 'translator', 'Омар', null),
    seatOf('seat0006', 'organizer', 'Hidden Organizer', 'KG'),
  ],
};
