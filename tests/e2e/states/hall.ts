/** Sixty letters without a place to break. */
const CYRILLIC = 'Достопримечательнейшевысокопревосходительствующееобразованиев'.slice(0, 60);
export const ADDRESS = `https://example.org/${'a-very-long-folder/'.repeat(6)}file.html?with=${'x'.repeat(80)}`;
export const URDU = 'علاقائی کتب خانوں کے درمیان مستقل اور باقاعدہ تعاون کے لیے مشترکہ لائحہ عمل';
export const ENDLESS = 'W'.repeat(120);
/** A letter under a tower of marks, as pranksters paste it. */
const TOWER = `Т${'\u0301\u0489\u0316'.repeat(300)}ower`;

/** A forum in which every text is longer than a designer hopes. */
export const LONG_FORUM = {
  title: `${CYRILLIC} ${URDU}`,
  place: ENDLESS,
  organisers: [{ name: ENDLESS, url: ADDRESS }],
  countries: ['KG', 'KZ', 'PK', 'TJ', 'UZ'],
  languages: ['en', 'ru', 'ky', 'ur'],
  joinForm: { country: 'optional', organisation: 'optional', namesInOutcome: true },
  agenda: [
    {
      kind: 'panel',
      title: ENDLESS,
      startsAt: '09:30',
      endsAt: '10:00',
      summary: ADDRESS,
      keyPoints: [ADDRESS, URDU],
      moderator: { name: CYRILLIC, role: ENDLESS, country: 'KG' },
      links: [{ kind: 'page', url: ADDRESS }],
    },
    {
      kind: 'workshop',
      title: CYRILLIC,
      question: `${URDU} ${ADDRESS}`,
      rooms: [{ name: CYRILLIC }],
    },
  ],
};

export interface Texts {
  readonly guest: string;
  readonly themes: readonly string[];
  readonly ideas: readonly string[];
}

export const LONG_TEXTS: Texts = {
  guest: `${URDU.slice(0, 40)} ${'Ж'.repeat(30)}`,
  themes: [`${CYRILLIC} ${URDU}`, ADDRESS],
  ideas: [URDU, ADDRESS, `${CYRILLIC} ${URDU}`, ENDLESS, TOWER],
};

const OPENING = { kind: 'opening', title: 'Opening', startsAt: '09:30', endsAt: '10:00' };
const PANEL = {
  kind: 'panel',
  title: 'What our reading rooms have learned',
  startsAt: '10:00',
  endsAt: '11:30',
  moderator: { name: 'Gulnara Asanova', country: 'KG' },
};
const WORKSHOP = {
  kind: 'workshop',
  title: 'Joint recommendations',
  startsAt: '12:00',
  endsAt: '13:30',
  question: 'What should our libraries do together by 2028?',
  rooms: [{ name: 'Walnut' }],
};

/** The forum of the README's pictures. */
export const SHOWN_FORUM = {
  title: 'Reading across the mountains',
  language: 'en',
  from: '2026-05-14',
  to: '2026-05-14',
  place: 'Osh, Kyrgyzstan',
  organisers: [{ name: 'League of Valley Libraries', url: 'https://example.org' }],
  countries: ['KG', 'KZ', 'PK', 'TJ', 'UZ'],
  languages: ['en', 'ru', 'ky', 'ur'],
  agenda: [OPENING, PANEL, WORKSHOP],
};

/** A forum as it is: what people who look at pictures want to see. */
export const REAL_FORUM = {
  ...SHOWN_FORUM,
  joinForm: { country: 'optional', organisation: 'optional', namesInOutcome: true },
  agenda: [
    OPENING,
    {
      ...PANEL,
      moderator: { ...PANEL.moderator, role: 'National Library' },
      speakers: [{ name: 'زرینہ خان', country: 'PK' }],
      summary: 'Three libraries, three ways to bring books up the valley.',
      keyPoints: ['Mobile libraries reach four of ten villages', 'Catalogues do not know of each other'],
    },
    WORKSHOP,
  ],
};

export const REAL_TEXTS: Texts = {
  guest: 'Зарина Хан',
  themes: ['A shared catalogue', 'کتاب اور قاری'],
  ideas: [
    'Publish one catalogue of all member libraries by June 2027',
    'ہر سال ایک ملک میں کتابوں کا مشترکہ میلہ ہو',
    'Единый читательский билет, который действует в каждой стране региона',
    'Send ten librarians a year to a neighbour for a month',
    'Китепканачылар эки жылда бир жолу бири-биринен үйрөнүшсүн',
  ],
};
