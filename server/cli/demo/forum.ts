import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type ForumDetails } from '#domain/forum/forum.ts';
import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { randomId } from '#server/auth/tokens.ts';

const TREES = ['Apricot', 'Walnut', 'Mulberry', 'Juniper', 'Poplar', 'Almond', 'Pomegranate', 'Quince', 'Plane', 'Elm'];

/** The forum of the demo: made up from its title to its last speaker. `today` is an ISO day. */
export function demoForum(rooms: number, today: string): ForumDetails {
  return {
    title: 'Books Within Reach: a regional forum of school and village libraries',
    language: 'en',
    from: today,
    to: today,
    place: 'Karakol, Kyrgyzstan',
    organisers: [
      { name: 'Lake Valley Library Association', url: 'https://libraries.example.org' },
      { name: 'Open Shelf Trust', url: 'https://openshelf.example.org' },
    ],
    hostEvent: { name: 'Week of Reading', url: 'https://week.example.org' },
    countries: ['KZ', 'KG', 'PK', 'TJ', 'TM', 'UZ'],
    languages: ['en', 'ru', 'kk', 'ky', 'tg', 'tk', 'uz', 'ur'],
    decisionRule: DEFAULT_RULE,
    joinForm: DEFAULT_JOIN_FORM,
    outcome: {},
    agenda: [
      {
        kind: 'opening',
        id: randomId(),
        title: 'Opening at the round table',
        startsAt: '09:30',
        endsAt: '10:00',
        speakers: [
          { name: 'Meerim Alymbaeva', country: 'KG', role: 'Lake Valley Library Association' },
          { name: 'Daniel Reuter', role: 'Open Shelf Trust' },
        ],
        links: [],
        keyPoints: [],
      },
      {
        kind: 'panel',
        id: randomId(),
        title: 'Where children read, and where they cannot',
        startsAt: '10:00',
        endsAt: '11:15',
        moderator: { name: 'Saltanat Duisen', country: 'KZ' },
        speakers: [
          { name: 'Bahodir Karimov', country: 'UZ' },
          { name: 'Munira Davlatova', country: 'TJ' },
        ],
        links: [{ kind: 'video', url: 'https://video.example.org/books-within-reach/1' }],
        summary:
          'Six countries compare how far a child has to walk to the next shelf of books in the language of home.',
        keyPoints: [
          'Four of ten village schools have books in one language only.',
          'Reading grows where the library stays open after work.',
        ],
      },
      {
        kind: 'panel',
        id: randomId(),
        title: 'Small libraries that changed a street',
        startsAt: '11:30',
        endsAt: '12:45',
        moderator: { name: 'Hina Baig', country: 'PK' },
        speakers: [
          { name: 'Ogulgerek Annayeva', country: 'TM' },
          { name: 'Azamat Ruslanov', country: 'KG' },
        ],
        links: [
          { kind: 'video', url: 'https://video.example.org/books-within-reach/2' },
          { kind: 'slides', url: 'https://slides.example.org/small-libraries' },
        ],
        keyPoints: ['A reading bus costs less than a new room and reaches the pastures.'],
      },
      {
        kind: 'workshop',
        id: randomId() as WorkshopId,
        title: 'Recommendations of the forum',
        question: 'What should our libraries do together by 2028?',
        startsAt: '14:00',
        endsAt: '15:30',
        moderator: { name: 'Elvira Mamytova', country: 'KG' },
        speakers: [],
        links: [],
        keyPoints: [],
        rooms: Array.from({ length: rooms }, (_, index) => ({
          id: randomId() as RoomId,
          name: TREES[index] ?? `Room ${index + 1}`,
        })),
      },
      {
        kind: 'closing',
        id: randomId(),
        title: 'Closing and a walk to the lake',
        startsAt: '15:30',
        endsAt: '16:00',
        speakers: [],
        links: [],
        keyPoints: [],
      },
    ],
  };
}
