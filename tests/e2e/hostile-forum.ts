import { randomInt } from 'node:crypto';
import type { ForumDetails } from '#domain/forum/forum.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE } from '#domain/forum/forum.ts';
import { makeJoinCode } from '#domain/forum/join-code.ts';
import type { CommandId, CommentId, ForumId, ItemId, RoomId, SeatId, ThemeId, WorkshopId } from '#domain/ids.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import { addComment, addItem, addTheme } from '#protocol/board/edit.ts';
import { documentName } from '#protocol/document-name.ts';
import { writeOutcomeDraft } from '#protocol/outcome-doc.ts';
import { accountSeat } from '#server/auth/accounts.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { startServices } from '#server/services.ts';
import { HOSTILE_STRINGS } from '../integration/hostile-strings.ts';

/** Fills the data folder that it is given with forums in which every text is hostile; past the doors, so that nothing cleans it. */
const ROOM = 'roomhostile1' as RoomId;
const WORKSHOP = 'workshophost' as WorkshopId;
/** Long ones are measured elsewhere; what could run is at the beginning. */
const strings = HOSTILE_STRINGS.map((text) => text.slice(0, 200));
const services = await startServices({
  port: 0,
  host: undefined,
  origin: undefined,
  databaseUrl: undefined,
  redisUrl: undefined,
  dataDir: process.argv[2] ?? '',
});
const pick = (index: number): string => strings[index % strings.length] ?? '';

const credentials = { name: 'Alyona', email: 'alyona@example.org', password: 'long enough to be one' };
const account = valueOf(await services.accounts.create(credentials));
const details = (title: string, agenda: ForumDetails['agenda'], all = strings): ForumDetails => ({
  title,
  language: 'en',
  from: '2026-05-01',
  to: '2026-05-01',
  place: pick(1),
  organisers: all.map((name, index) => ({ name, url: index % 2 ? name : 'https://example.org' })),
  hostEvent: { name: pick(2), url: 'javascript:window.__x=1' },
  countries: ['KG'],
  languages: ['en'],
  decisionRule: DEFAULT_RULE,
  joinForm: DEFAULT_JOIN_FORM,
  agenda,
  outcome: { headline: pick(3), agendaHeading: pick(4), recommendationsHeading: pick(0), isOpen: true },
});
const workshop = {
  kind: 'workshop' as const,
  id: WORKSHOP,
  title: pick(1),
  question: pick(0),
  speakers: [],
  links: [],
  keyPoints: [],
  rooms: [
    { id: ROOM, name: pick(0) },
    ...strings.slice(0, 20).map((name, index) => ({ id: `roommore${index}xx` as RoomId, name })),
  ],
};
/** Five of them each, so that the settings stay a page that a browser opens. */
const panels = Array.from({ length: Math.ceil(strings.length / 5) }, (_, index) => ({
  kind: 'panel' as const,
  id: `panel${index}`,
  title: pick(5 * index),
  summary: pick(5 * index + 1),
  moderator: { name: pick(5 * index + 2), role: pick(5 * index + 3) },
  speakers: [{ name: pick(5 * index + 4), role: pick(5 * index) }],
  links: [{ kind: 'page' as const, url: pick(index) }],
  keyPoints: [pick(5 * index + 1)],
}));
const forum = valueOf(await services.forums.create(account, details(pick(0), [...panels, workshop])));
for (const [index, title] of strings.entries()) {
  const id = randomId() as ForumId;
  const plain = details(title, [], []);
  const address = {
    id,
    slug: `hostile-${index}`,
    version: 1,
    joinCode: makeJoinCode(randomInt),
    joinCodeExpiresAt: null,
  };
  await services.storage.forums.insert({ ...plain, ...address });
  const { seat, person } = accountSeat(account, { ...plain, ...address }, 'organizer', 1);
  await services.storage.people.addSeat(seat, person, null);
}

const seats: { id: SeatId; cookie: string }[] = [];
for (const text of strings) {
  const id = randomId() as SeatId;
  const token = newToken();
  const seat = { id, forumId: forum.id, role: 'participant' as const, accountId: null, joinedAt: 1, removedAt: null };
  const person = { seatId: id, name: text, country: 'KG', organisation: text, language: 'en' };
  await services.storage.people.addSeat(seat, person, hashToken(token));
  seats.push({ id, cookie: `${services.cookies.seat(forum.id)}=${token}` });
}
await services.workshops.state(WORKSHOP);
for (const { id } of seats) {
  const command = (role: 'participant' | 'organizer', what: Parameters<typeof services.workshops.command>[2]) =>
    services.workshops.command(WORKSHOP, { seatId: id, role }, what, randomId() as CommandId).then(valueOf);
  await command('participant', { kind: 'takeSeat' });
  await command('organizer', { kind: 'moveSeat', seat: id, room: ROOM });
}
const blocks = strings.map((text, index) => ({
  kind: 'paragraph' as const,
  lang: 'en',
  runs: [{ text }, { text, ...(index % 2 ? { href: text } : { href: 'javascript:window.__x=1' }) }],
}));
// The same ids in two rooms: whoever knows one can write it elsewhere.
for (const room of [ROOM, 'roommore0xx' as RoomId])
  await services.sync.edit(documentName({ kind: 'board', room }), null, (doc) => {
    for (const [index, text] of strings.entries()) {
      const writer = { seat: seats[index]?.id ?? ('nobody' as SeatId), at: 1 };
      const theme = `theme${index}` as ThemeId;
      const item = `item${index}` as ItemId;
      addTheme(doc, { id: theme, title: { text, lang: 'en' } }, writer);
      addItem(doc, { id: item, theme, lang: 'en', blocks: blocks.slice(index, index + 1) }, writer);
      addComment(doc, item, { id: `comment${index}` as CommentId, text: { text, lang: 'en' } }, writer);
    }
  });
await services.sync.edit(documentName({ kind: 'outcome', forum: forum.id }), null, (doc) =>
  writeOutcomeDraft(doc, { preamble: blocks, closing: blocks, notes: blocks }, 'en'),
);
const session = (await services.sessions.create(account)).token;
const { slug, joinCode } = (await services.forums.byId(forum.id))!;
await services.close();
console.log(
  JSON.stringify({
    strings: strings.length,
    slug,
    joinCode,
    workshop: WORKSHOP,
    room: ROOM,
    organizer: `${services.cookies.session}=${session}`,
  }),
);
