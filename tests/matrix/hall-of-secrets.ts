import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, type Forum, type ForumDetails } from '#domain/forum/forum.ts';
import type { Role } from '#domain/forum/seat.ts';
import type {
  AccountId,
  BroadcastId,
  CommentId,
  CommandId,
  ItemId,
  RoomId,
  ScriptId,
  SeatId,
  ThemeId,
  WorkshopId,
} from '#domain/ids.ts';
import type { Block } from '#domain/languages/text.ts';
import type { Result } from '#domain/refusal.ts';
import { WRITE_TOGETHER } from '#domain/script/step.ts';
import { addComment, addItem, addTheme, mergeItems } from '#protocol/board/edit.ts';
import { documentName } from '#protocol/document-name.ts';
import { writeOutcomeDraft } from '#protocol/outcome-doc.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { startServices, type Services } from '#server/services.ts';
import { ServerProcess } from '../rig/server-process.ts';

export const ROOM_A = 'roomaaaa0001' as RoomId;
export const ROOM_B = 'roombbbb0001' as RoomId;
export const ROOM_THERE = 'roomthere001' as RoomId;
export const HERE = 'workshophere' as WorkshopId;
export const THERE = 'workshopaway' as WorkshopId;

/** Who looks. Everybody but the first four has a seat in the forum. */
export const VISITORS = [
  'nobody',
  'removed',
  'signedOut',
  'account',
  'elsewhere',
  'inA',
  'inB',
  'moved',
  'roomless',
  'observer',
  'translator',
  'facilitator',
  'organizer',
] as const;
export type Who = (typeof VISITORS)[number];

/** Words that stand in one place each and are found as they are in every format: small letters without a meaning. */
const word = (name: string) => `zq${name.toLowerCase()}xv`;
export const nameOf = (who: string): string => word(`name${who}`);
export const textsOf = (room: 'a' | 'b' | 'there') => ({
  theme: word(`theme${room}`),
  item: word(`item${room}`),
  merged: word(`merged${room}`),
  comment: word(`comment${room}`),
});
export const MESSAGES = { a: word('messagea'), b: word('messageb') };
export const DRAFT = { preamble: word('preamble'), closing: word('closing'), notes: word('notes') };
export const AGENDA = { opening: word('opening'), question: word('question'), moderator: word('moderator') };
export const AWAY = { title: word('awaytitle'), question: word('awayquestion') };

/** The organizer's own. */
export const SCRIPT = 'scriptofhere' as ScriptId;
export const SCRIPT_NOTE = word('scriptnote');
/** To those who run the workshop, beside the step that is on. */
export const STEP_NOTE = word('stepnote');

/** Two forums with seats of every kind, and a secret in every place that holds text or a name; served by a real server. */
export class HallOfSecrets {
  readonly server: ServerProcess;
  readonly forum: Forum;
  readonly there: Forum;
  readonly cookies: Readonly<Record<Who, string>>;
  readonly seats: ReadonlyMap<string, SeatId>;
  readonly #dataDir: string;

  static async open(): Promise<HallOfSecrets> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-secrets-'));
    const services = await startServices({ ...CONFIG, dataDir });
    const made = await new Seeds(services).sow();
    await services.close();
    const server = new ServerProcess({}, dataDir);
    await server.start();
    return new HallOfSecrets(server, dataDir, made);
  }

  private constructor(server: ServerProcess, dataDir: string, made: Awaited<ReturnType<Seeds['sow']>>) {
    this.server = server;
    this.#dataDir = dataDir;
    this.forum = made.forum;
    this.there = made.there;
    this.cookies = made.cookies;
    this.seats = made.seats;
  }

  async close(): Promise<void> {
    await this.server.stop();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

const CONFIG = { port: 0, host: undefined, origin: undefined, databaseUrl: undefined, redisUrl: undefined };

class Seeds {
  readonly #services: Services;
  readonly #seats = new Map<string, SeatId>();

  constructor(services: Services) {
    this.#services = services;
  }

  async sow() {
    const { accounts, forums, sessions, seats, storage } = this.#services;
    const account = async (name: string) =>
      value(await accounts.create({ name, email: `${name}@example.org`, password: 'long enough to be one' }));
    const [organizer, other, loose, signedOut] = [
      await account(nameOf('organizer')),
      await account(nameOf('elsewhere')),
      await account(nameOf('account')),
      await account(nameOf('signedout')),
    ];
    const forum = value(await forums.create(organizer, details('Here', HERE, [ROOM_A, ROOM_B], AGENDA.question)));
    const there = value(await forums.create(other, details(AWAY.title, THERE, [ROOM_THERE], AWAY.question)));
    const session = async (of: typeof organizer) =>
      `${this.#services.cookies.session}=${(await sessions.create(of)).token}`;
    await storage.scripts.insert({
      id: SCRIPT,
      account: organizer.id,
      version: 1,
      script: { script: 1, title: { en: 'Mine' }, steps: [{ kind: 'talk', minutes: 5, note: SCRIPT_NOTE }] },
      changedAt: 1,
    });
    const ended = await sessions.create(signedOut);
    await this.#seat(forum, 'signedout', 'participant', signedOut.id);
    await sessions.end(ended.token);

    const cookies: Record<Who, string> = {
      nobody: '',
      account: await session(loose),
      elsewhere: await session(other),
      organizer: await session(organizer),
      signedOut: `${this.#services.cookies.session}=${ended.token}`,
      removed: await this.#seat(forum, 'removed', 'participant'),
      inA: await this.#seat(forum, 'inA', 'participant'),
      inB: await this.#seat(forum, 'inB', 'participant'),
      moved: await this.#seat(forum, 'moved', 'participant'),
      roomless: await this.#seat(forum, 'roomless', 'participant'),
      observer: await this.#seat(forum, 'observer', 'observer'),
      translator: await this.#seat(forum, 'translator', 'translator'),
      facilitator: await this.#seat(forum, 'facilitator', 'facilitator'),
    };
    await this.#seat(there, 'there', 'participant');
    await this.#seat(forum, 'mateB', 'participant');
    for (const [who, room] of Object.entries({
      inA: ROOM_A,
      removed: ROOM_A,
      inB: ROOM_B,
      mateB: ROOM_B,
      moved: ROOM_B,
    })) {
      await this.#sit(this.#seats.get(who)!, room);
    }
    for (const { seat } of await seats.people(forum.id)) {
      if (seat.role === 'organizer') this.#seats.set('organizer', seat.id);
    }
    value(await seats.removals.remove(this.#seats.get('removed')!));
    await this.#note();
    await this.#call();
    await this.#write(ROOM_A, textsOf('a'), this.#seats.get('inA')!);
    await this.#write(ROOM_B, textsOf('b'), this.#seats.get('inB')!);
    await this.#write(ROOM_THERE, textsOf('there'), this.#seats.get('there')!);
    const blocks = (text: string): Block[] => [{ kind: 'paragraph', lang: 'en', runs: [{ text }] }];
    await this.#services.sync.edit(documentName({ kind: 'outcome', forum: forum.id }), null, (doc) =>
      writeOutcomeDraft(
        doc,
        { preamble: blocks(DRAFT.preamble), closing: blocks(DRAFT.closing), notes: blocks(DRAFT.notes) },
        'en',
      ),
    );
    // Wrote in room A before going to B: stays known there as an author, though nothing on the board may say so.
    const lease = {
      document: documentName({ kind: 'board', room: ROOM_A }),
      client: 7,
      seat: this.#seats.get('moved')!,
    };
    await storage.documents.append([], { leases: [lease] });
    return {
      forum: (await forums.byId(forum.id))!,
      there: (await forums.byId(there.id))!,
      cookies,
      seats: this.#seats,
    };
  }

  async #seat(forum: Forum, who: string, role: Role, accountId: AccountId | null = null): Promise<string> {
    const id = randomId() as SeatId;
    const token = newToken();
    const person = { seatId: id, name: nameOf(who), country: 'KG', organisation: nameOf(`org${who}`), language: 'en' };
    const seat = { id, forumId: forum.id, role, accountId, joinedAt: Date.now(), removedAt: null };
    await this.#services.storage.people.addSeat(seat, person, accountId ? null : hashToken(token));
    this.#seats.set(who, id);
    return `${this.#services.cookies.seat(forum.id)}=${token}`;
  }

  /** The script that the workshop has, with a word for those who run it. */
  async #note(): Promise<void> {
    const actor = { seatId: this.#seats.get('organizer')!, role: 'organizer' as const };
    const [first, ...others] = WRITE_TOGETHER;
    const given = { id: null, title: { en: 'Noted' }, steps: [{ ...first!, note: STEP_NOTE }, ...others] };
    value(await this.#services.workshops.command(HERE, actor, { kind: 'chooseScript', script: null }, null, given));
  }

  /** In both rooms somebody calls for help, and each is sent a message of its own. */
  async #call(): Promise<void> {
    const { workshops } = this.#services;
    for (const [who, room, of] of [
      ['inA', ROOM_A, 'a'],
      ['inB', ROOM_B, 'b'],
    ] as const) {
      const run = (actor: { seatId: SeatId; role: Role }, what: Parameters<typeof workshops.command>[2]) =>
        workshops.command(HERE, actor, what, randomId() as CommandId).then(value);
      await run({ seatId: this.#seats.get(who)!, role: 'participant' }, { kind: 'callHelp' });
      await run(
        { seatId: this.#seats.get('facilitator')!, role: 'facilitator' },
        {
          kind: 'sendBroadcast',
          id: `broadcast00${of}` as BroadcastId,
          text: MESSAGES[of],
          lang: 'en',
          room,
          until: Date.now() + 10_000,
        },
      );
    }
  }

  async #sit(seat: SeatId, room: RoomId): Promise<void> {
    const { workshops } = this.#services;
    const command = (actor: { seatId: SeatId; role: Role }, what: Parameters<typeof workshops.command>[2]) =>
      workshops.command(HERE, actor, what, randomId() as CommandId).then(value);
    await command({ seatId: seat, role: 'participant' }, { kind: 'takeSeat' });
    await command({ seatId: seat, role: 'organizer' }, { kind: 'moveSeat', seat, room });
  }

  async #write(room: RoomId, texts: ReturnType<typeof textsOf>, seat: SeatId): Promise<void> {
    const writer = { seat, at: Date.now() };
    const item = (id: string, text: string) => ({
      id: id as ItemId,
      theme: 'theme001' as ThemeId,
      lang: 'en',
      blocks: [{ kind: 'paragraph' as const, lang: 'en', runs: [{ text }] }],
    });
    await this.#services.sync.edit(documentName({ kind: 'board', room }), seat, (doc) => {
      addTheme(doc, { id: 'theme001' as ThemeId, title: { text: texts.theme, lang: 'en' } }, writer);
      addItem(doc, item('item0001', texts.item), writer);
      addItem(doc, item('item0002', texts.merged), writer);
      mergeItems(doc, 'item0002' as ItemId, 'item0001' as ItemId, writer);
      addComment(
        doc,
        'item0001' as ItemId,
        { id: 'comment1' as CommentId, text: { text: texts.comment, lang: 'en' } },
        writer,
      );
    });
  }
}

function details(title: string, id: WorkshopId, rooms: RoomId[], question: string): ForumDetails {
  const entry = { speakers: [], links: [], keyPoints: [] };
  return {
    title,
    language: 'en',
    from: '2026-05-01',
    to: '2026-05-01',
    place: 'Osh',
    organisers: [],
    countries: ['KG'],
    languages: ['en'],
    decisionRule: DEFAULT_RULE,
    joinForm: { ...DEFAULT_JOIN_FORM, namesInOutcome: true },
    agenda: [
      {
        kind: 'opening',
        id: `opening-${id}`,
        title: 'Opening',
        ...entry,
        summary: id === HERE ? AGENDA.opening : AWAY.question,
        moderator: { name: id === HERE ? AGENDA.moderator : AWAY.question },
      },
      {
        kind: 'workshop',
        id,
        title: 'Together',
        question,
        ...entry,
        rooms: rooms.map((room) => ({ id: room, name: `Room ${room}` })),
      },
    ],
    outcome: {},
  };
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
