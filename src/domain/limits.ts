/** What somebody can meet as a limit. `most` is inclusive; `why` is the reason for the number, as README's table shows it. */
export interface Limit {
  readonly most: number;
  readonly unit: string;
  readonly what: string;
  readonly why: string;
}

/**
 * Every limit, in one place and by who meets it: `nobody` (no cookie, no code), `guest` and `seat`, `account`, `forum`, `document`,
 * `server`. README's table is made from this list; `tests/limits.test.ts` compares. Honest use at ten times a big forum (3,500 people)
 * meets none of them, and whoever meets one is told so in words.
 */
export const LIMITS = {
  bodyOfNobody: {
    most: 64_000,
    unit: 'bytes',
    what: 'body of a request without an account or a seat',
    why: 'a join form with every field full is below 2,000',
  },
  passwordsWaiting: {
    most: 20,
    unit: 'people',
    what: 'passwords that wait to be checked on the server, two being checked at a time',
    why: 'about a second of waiting; known devices come first, and somebody who guesses never takes the place of somebody who does not',
  },
  guessesAtAccount: {
    most: 30,
    unit: 'failures',
    what: 'wrong passwords for one account from all places together before there is a wait; one is forgiven every six seconds',
    why: 'its owner mistypes a dozen times at most; known devices and places new to the account still get in while others guess',
  },
  guessesFromPlace: {
    most: 9,
    unit: 'failures',
    what: 'wrong passwords for one account from one address (in IPv6: one /64) before there is a wait; one is forgiven every six seconds',
    why: 'the tenth costs two seconds, which the page waits by itself, and on a known device nothing',
  },
  failuresFromPlace: {
    most: 100,
    unit: 'failures',
    what: 'wrong passwords from one address for any accounts before there is a wait; one is forgiven every two seconds',
    why: 'a hall’s facilitators behind one address make a dozen in a morning',
  },
  guessesOnKnownDevice: {
    most: 50,
    unit: 'failures',
    what: 'wrong passwords on a device from which somebody has signed in to that account before there is a wait',
    why: 'whoever finds a laptop gets no further; its owner stops long before',
  },
  codesFromPlace: {
    most: 9,
    unit: 'failures',
    what: 'wrong join codes from one address before there is a wait; one is forgiven every six seconds',
    why: 'right codes are not counted, and a hall where people sit already is let through with its own code',
  },
  codesEverywhere: {
    most: 200,
    unit: 'failures',
    what: 'wrong join codes on the server within a minute; beyond, an address that failed at all has to wait',
    why: 'twenty halls of people who mistype; who scans a QR or types it right at once is never held up',
  },
  devicesOfAccount: {
    most: 20,
    unit: 'devices',
    what: 'devices on which an account is known; the oldest is forgotten',
    why: 'nobody signs in on more, and a forgotten one is only not let forward while others guess',
  },
  joinsOfAddress: {
    most: 1_500,
    unit: 'a minute',
    what: 'new seats of a forum from one address; beyond it one waits at the door',
    why: 'a thousand guests behind one router sit down within a minute; a script would fill the forum',
  },
  seatsOfForum: {
    most: 400,
    unit: 'seats',
    what: 'seats of a forum, unless the organizer raises it; beyond it newcomers wait at the door',
    why: 'a big forum has 350, and a code that leaks must not fill the hall',
  },
  seatsOfForumRaised: {
    most: 5_000,
    unit: 'seats',
    what: 'seats of a forum that the organizer may allow',
    why: 'ten big forums in one; names and places of so many are told within a second',
  },
  waitingOfForum: {
    most: 5_000,
    unit: 'people',
    what: 'people who wait at the door of a forum',
    why: 'as many as there can be seats',
  },
  formIdHours: {
    most: 24,
    unit: 'hours',
    what: 'time within which a join form that is sent again gives the same seat and cookie',
    why: 'a page left open over night is another visit',
  },
  correctionsOfSeat: {
    most: 10,
    unit: 'corrections',
    what: 'corrections of one seat’s name, country, organisation and language before there is a wait; one is forgiven a minute',
    why: 'whoever mistypes does so twice; each is told to the whole hall',
  },
  agendaItems: {
    most: 200,
    unit: 'items',
    what: 'items of an agenda',
    why: 'three days of ten an hour',
  },
  workshopsOfForum: {
    most: 20,
    unit: 'workshops',
    what: 'workshops of a forum',
    why: 'four a day for a week',
  },
  roomsOfWorkshop: {
    most: 60,
    unit: 'rooms',
    what: 'rooms of a workshop',
    why: 'a big forum of 350 people has 50',
  },
  seatingsOfWorkshop: {
    most: 40,
    unit: 'seatings',
    what: 'earlier seatings of a workshop by which rooms are mixed so that few meet again; the oldest is forgotten',
    why: 'a forum of five days mixes its rooms some eight times a day',
  },
  roomsOfForum: {
    most: 100,
    unit: 'rooms',
    what: 'rooms of all workshops of a forum',
    why: 'each keeps a board for good, and the outcome reads them all',
  },
  forumsOfAccount: {
    most: 200,
    unit: 'forums',
    what: 'forums that one account organizes',
    why: 'one a week for four years',
  },
  forumsAnHour: {
    most: 20,
    unit: 'forums an hour',
    what: 'forums that one account makes',
    why: 'an evening of trying out takes ten; a script would fill the disk',
  },
  socketsOfSeat: {
    most: 16,
    unit: 'sockets',
    what: 'open connections of one seat on each of the two channels',
    why: 'five tabs on each of three devices; a board needs one of each',
  },
  socketsOfAddress: {
    most: 10_000,
    unit: 'sockets',
    what: 'open connections from one address',
    why: 'ten big forums behind one router are 7,000',
  },
  socketsOfForum: {
    most: 10_000,
    unit: 'sockets',
    what: 'open connections of one forum',
    why: 'two for each of its 5,000 seats',
  },
  socketsOfServer: {
    most: 20_000,
    unit: 'sockets',
    what: 'open connections of the server',
    why: 'the memory they take stays below half a gigabyte',
  },
  livePackets: {
    most: 50,
    unit: 'a second',
    what: 'messages of any kind from one connection of the live channel, four times as many at once; then it is cut',
    why: 'a facilitator in a hurry sends four',
  },
  bodyOfSeat: {
    most: 256_000,
    unit: 'bytes',
    what: 'body of a request with a seat in the forum',
    why: 'the longest form of a participant is below 10,000',
  },
  bodyOfAccount: {
    most: 2_000_000,
    unit: 'bytes',
    what: 'body of a request with an account',
    why: 'a forum as JSON with a full agenda is below 200,000',
  },
  unfinishedOfAddress: {
    most: 256_000_000,
    unit: 'bytes',
    what: 'bodies from one address that have not come whole, each counted as 64,000 at least and as 2,000,000 when it does not say; then one is asked to wait',
    why: 'four thousand people behind one router send a form in the same moment; a script would begin them without end',
  },
  unfinishedOfServer: {
    most: 1_000_000_000,
    unit: 'bytes',
    what: 'the same, from everywhere',
    why: 'four such halls at once',
  },
  frame: {
    most: 1_000_000,
    unit: 'bytes',
    what: 'one message of a page to its board; what is larger goes in pieces',
    why: 'a long time offline is below; the longest paste that a field takes is a quarter',
  },
  batchOfSlowWay: {
    most: 1_100_000,
    unit: 'bytes',
    what: 'what one request brings of a board where no WebSocket gets through',
    why: 'the largest message that is taken, and some; an idea is below 1,000',
  },
  framesOfBatch: {
    most: 500,
    unit: 'messages',
    what: 'messages in one such request; the page sends the rest with the next',
    why: 'an hour of typing offline comes as a handful',
  },
  heldAnswer: {
    most: 20,
    unit: 'seconds',
    what: 'how long such a request waits for news before it is asked again',
    why: 'proxies cut what is silent for 30 to 60',
  },
  answerOfSlowWay: {
    most: 262_144,
    unit: 'bytes',
    what: 'what one answer to such a request brings; the rest comes with the next',
    why: 'a slow network is through with it before a proxy cuts it',
  },
  formFields: {
    most: 5_000,
    unit: 'fields',
    what: 'fields of one form',
    why: 'the settings of a forum with 100 agenda items have some 1,500',
  },
  formRows: {
    most: 200,
    unit: 'entries',
    what: 'entries of one list in a form',
    why: 'ten times the longest agenda seen',
  },
  itemsOnBoard: {
    most: 5_000,
    unit: 'items',
    what: 'items that one board shows, the oldest first',
    why: '105 in a session of 35 people; more would take seconds to show on a phone',
  },
  themesOnBoard: {
    most: 500,
    unit: 'themes',
    what: 'themes that one board shows, the oldest first',
    why: 'a forum ends with about 7',
  },
  commentsOnItem: {
    most: 500,
    unit: 'comments',
    what: 'comments shown on one item, the oldest first',
    why: 'a room of 35 people in a long dispute writes 100',
  },
  textInOnePlace: {
    most: 250_000,
    unit: 'characters',
    what: 'text shown of one item, preamble, closing or note',
    why: 'a long report in one paste is 200,000',
  },
  textOfComment: {
    most: 10_000,
    unit: 'characters',
    what: 'text shown of one comment',
    why: 'the field takes 4,000',
  },
  titleOfTheme: {
    most: 1_000,
    unit: 'characters',
    what: 'text shown of the title of a theme',
    why: 'the field takes 200, and two people may type into it at once',
  },
  href: {
    most: 2_000,
    unit: 'characters',
    what: 'address of a link in a text',
    why: 'what browsers and office programs open',
  },
  orderKey: {
    most: 1_000,
    unit: 'characters',
    what: 'key by which an item or a theme has its place',
    why: 'some 5,000 moves to the very same place need as many',
  },
  id: {
    most: 64,
    unit: 'characters',
    what: 'id of an item, a theme, a comment or a seat in a document',
    why: 'ours have 24',
  },
  readingTime: {
    most: 10,
    unit: 'seconds',
    what: 'for reading one document, in a process of its own',
    why: 'a board of 5,000 items takes a quarter of a second',
  },
  readingMemory: {
    most: 192,
    unit: 'MB',
    what: 'of objects for reading one document',
    why: 'a board of 32 MB with 5,000 items on it takes 120',
  },
  readingsWaiting: {
    most: 1_000,
    unit: 'readings',
    what: 'documents that wait to be read',
    why: 'a server with 20 forums of 50 rooms, all asked for at once',
  },
  replayTime: {
    most: 60,
    unit: 'seconds',
    what: 'for counting, keeping or restoring the earlier versions of one document',
    why: 'sixty versions of a day of five rooms take 3',
  },
  versionsOfBoard: {
    most: 60,
    unit: 'versions',
    what: 'versions of one board; then those from pauses go first, evenly in time, next those at steps and before deletions',
    why: 'a day of writing with a version every ten minutes; each is a whole board',
  },
  keptVersions: {
    most: 20,
    unit: 'versions',
    what: 'of these, versions of one board that somebody wanted kept, which never go by themselves',
    why: 'one after each step of a long workshop, and some on the way; forty are left for the others',
  },
  nameOfVersion: {
    most: 80,
    unit: 'characters',
    what: 'name of a version that is kept',
    why: 'a line in a list',
  },
  changesShown: {
    most: 300,
    unit: 'changes',
    what: 'ideas and themes shown word by word between two versions of a board; how many more changed is said',
    why: 'thirty-five people write a hundred ideas in a step',
  },
  textOfChanges: {
    most: 500_000,
    unit: 'characters',
    what: 'words of these, before and after together',
    why: 'a hundred pages; compared within a second, off the event loop',
  },
  replayMemory: {
    most: 256,
    unit: 'MB',
    what: 'of objects for the same',
    why: 'a board of 32 MB and its copy take 130',
  },
  exportText: {
    most: 100_000,
    unit: 'signs',
    what: 'one text (a paragraph, a name, a title) in an exported file; JSON has it whole',
    why: 'thirty pages without a break; the longest paragraph of a real forum has 1,500',
  },
  document: {
    most: 32_000_000,
    unit: 'bytes',
    what: 'a board or an outcome, as it is kept',
    why: 'a full day of 35 people is below 1,000,000',
  },
  documentForHosts: {
    most: 48_000_000,
    unit: 'bytes',
    what: 'the same, for organizers and facilitators',
    why: 'who runs the forum can still delete and restore where everybody else is at the wall',
  },
  storedOfSeat: {
    most: 500_000,
    unit: 'bytes a minute',
    what: 'stored for one participant, after four minutes at once; more is read more slowly',
    why: 'pasting 50 KB ten times a minute; a quick hand types 5,000',
  },
  documentOfSeat: {
    most: 2_000_000,
    unit: 'bytes',
    what: 'of one participant in one board, as it is kept',
    why: 'eight hours of typing are below 300,000 once they are compacted, and no one guest can fill a board for all',
  },
  marksOnLetter: {
    most: 12,
    unit: 'marks',
    what: 'marks and signs without a width on one letter in an exported file; JSON has them all',
    why: "no script has more than eight, and a typesetter's work grows with their square",
  },
  exportDocument: {
    most: 64_000_000,
    unit: 'bytes',
    what: 'an outcome document, as JSON, that is made into a file',
    why: '300 recommendations have 160,000, and 5,000 have 2,700,000',
  },
  exportsOfForum: {
    most: 8,
    unit: 'files',
    what: 'files of one forum that are being made or wait for it; the same file asked for twice is one',
    why: 'there are seven formats',
  },
  exportTime: {
    most: 120,
    unit: 'seconds',
    what: 'processor time for making one file; a file that waits for nothing but the processor has four times as long',
    why: '300 recommendations take 3, and 5,000 in four languages some 50',
  },
  exportMemory: {
    most: 2_000,
    unit: 'MB',
    what: 'memory for making one file; beyond it that file alone ends',
    why: '300 recommendations take 300, and 5,000 in four languages 1,800',
  },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;
