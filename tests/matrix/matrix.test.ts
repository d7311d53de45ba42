import { execFileSync } from 'node:child_process';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { PAGES } from '#domain/forum/slug.ts';
import { EXPORT_FORMATS } from '#lib/outcome/formats.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { entriesOfZip } from '../integration/outcome-zip.ts';
import { Visitor } from '../integration/visitor.ts';
import {
  AGENDA,
  AWAY,
  DRAFT,
  HallOfSecrets,
  HERE,
  MESSAGES,
  nameOf,
  ROOM_A,
  ROOM_B,
  ROOM_THERE,
  SCRIPT,
  SCRIPT_NOTE,
  STEP_NOTE,
  textsOf,
  THERE,
  VISITORS,
  type Who,
} from './hall-of-secrets.ts';
import { answered, pagesBesideForums, readersBesideTheDoor } from './routes.ts';

const LEADING: Who[] = ['facilitator', 'organizer'];
const SHOWING: Who[] = ['observer', ...LEADING];
const WATCHING: Who[] = ['observer', 'translator', ...LEADING];
const SEATED: Who[] = ['inA', 'inB', 'moved', 'roomless', ...WATCHING];
const ACCOUNTS: Who[] = ['account', 'elsewhere', 'organizer'];
const EVERYBODY: Who[] = [...VISITORS];
const without = (people: Who[], ...gone: Who[]) => people.filter((who) => !gone.includes(who));

type Status = (who: Who) => number;
const all: Status = () => 200;
const seated: Status = (who) => (SEATED.includes(who) ? 200 : 404);
const only =
  (readers: Who[]): Status =>
  (who) =>
    readers.includes(who) ? 200 : SEATED.includes(who) ? 403 : 404;
const signedIn: Status = (who) => (ACCOUNTS.includes(who) ? 200 : 303);
const never: Status = () => 404;

interface Place {
  readonly slug: string;
  readonly code: string;
  readonly workshop: string;
  readonly room: string;
  readonly seat: string;
}
/** What is read: where, and what each visitor is answered. `tries`: everybody, if it does not say. */
interface Reading {
  readonly path: (at: Place) => string;
  readonly status: Status;
  readonly tries?: Who[];
}
/** What is done: with which form or JSON, by whom it may be. */
interface Doing {
  readonly path: (at: Place) => string;
  readonly body?: (at: Place) => Record<string, string>;
  readonly json?: boolean;
  /** POST, if it does not say. */
  readonly method?: 'POST' | 'DELETE';
  readonly may: Who[];
  readonly tries?: Who[];
}

const forum =
  (rest = '') =>
  (at: Place) =>
    `/forums/${at.slug}${rest}`;
const workshop =
  (rest = '') =>
  (at: Place) =>
    `/forums/${at.slug}/workshops/${at.workshop}${rest}`;
const api = (rest: string) => (at: Place) => `/api/forums/${at.slug}${rest}`;
const versions =
  (rest = '') =>
  (at: Place) =>
    `/api/forums/${at.slug}/boards/board/${at.room}/versions${rest}`;
const fixed = (path: string) => () => path;

/** THE table, by hand: a page, method or action without a row fails the first test. */
const READ: Record<string, Reading> = {
  '/ page': { path: fixed('/'), status: all },
  '/account page': { path: fixed('/account'), status: signedIn },
  '/forums page': { path: fixed('/forums'), status: signedIn },
  '/forums/new page': { path: fixed('/forums/new'), status: signedIn },
  '/forums/[slug] page': { path: forum(), status: seated },
  '/forums/[slug]/door page': { path: forum('/door'), status: (who) => (SEATED.includes(who) ? 303 : 200) },
  '/forums/[slug]/outcome page': { path: forum('/outcome'), status: seated },
  '/forums/[slug]/people page': { path: forum('/people'), status: seated },
  '/forums/[slug]/settings page': { path: forum('/settings'), status: only(['organizer']) },
  '/forums/[slug]/workshops/[id] page': {
    path: workshop(),
    status: (who) => (SEATED.includes(who) ? 200 : 303),
    tries: without(EVERYBODY, 'roomless'), // who opens it is given a chair
  },
  '/forums/[slug]/workshops/[id]/alike page': { path: workshop('/alike'), status: only(LEADING) },
  '/forums/[slug]/workshops/[id]/control page': { path: workshop('/control'), status: only(LEADING) },
  '/forums/[slug]/workshops/[id]/groups page': { path: workshop('/groups'), status: only(LEADING) },
  '/forums/[slug]/workshops/[id]/screen page': { path: workshop('/screen'), status: only(SHOWING) },
  '/forums/[slug]/workshops/[id]/script page': { path: workshop('/script'), status: only(LEADING) },
  '/forums/[slug]/workshops/[id]/versions page': {
    path: (at) => `${workshop('/versions')(at)}?room=${at.room}`,
    status: only(LEADING),
  },
  '/invite/[token] page': { path: fixed('/invite/nothing'), status: never },
  '/join page': { path: fixed('/join'), status: all },
  '/join/[code] page': { path: ({ code }) => `/join/${code}`, status: all },
  '/leave page': { path: fixed('/leave'), status: all },
  '/new-password/[token] page': { path: fixed('/new-password/nothing'), status: never },
  '/network GET': { path: fixed('/network'), status: () => 303 },
  '/offline page': { path: fixed('/offline'), status: all },
  '/scripts page': { path: fixed('/scripts'), status: signedIn },
  '/scripts/[id] page': {
    path: fixed(`/scripts/${SCRIPT}`),
    status: (who) => (who === 'organizer' ? 200 : ACCOUNTS.includes(who) ? 404 : 303),
  },
  '/api/scripts/[id]/script.json GET': {
    path: fixed(`/api/scripts/${SCRIPT}/script.json`),
    status: (who) => (who === 'organizer' ? 200 : 404),
  },
  '/seat/[token] page': { path: fixed('/seat/nothing'), status: all },
  '/set-up/[token] page': { path: fixed('/set-up/nothing'), status: never },
  '/sign-in page': { path: fixed('/sign-in'), status: (who) => (ACCOUNTS.includes(who) ? 303 : 200) },
  '/api/forums/[slug]/forum.json GET': { path: api('/forum.json'), status: only(['organizer']) },
  '/api/forums/[slug]/outcome-mark GET': { path: api('/outcome-mark'), status: seated },
  '/api/forums/[slug]/outcome.[format] GET': { path: api('/outcome.json'), status: only(LEADING) },
  '/api/forums/[slug]/rehearsal GET': { path: api('/rehearsal'), status: never }, // people meet in this one
  '/api/forums/[slug]/boards/[...board]/versions GET': { path: versions(), status: only(LEADING) },
  '/api/forums/[slug]/boards/[...board]/versions/[seq] GET': { path: versions('/1'), status: only(LEADING) },
  '/api/forums/[slug]/boards/[...board]/versions/[seq]/changes GET': {
    path: versions('/1/changes'),
    status: only(LEADING),
  },
  '/api/forums/[slug]/workshops/[id]/groups GET': {
    path: (at) => `/api${workshop('/groups?step=none')(at)}`,
    status: (who) => (LEADING.includes(who) ? 404 : only(LEADING)(who)), // no step of its script is in groups
  },
  '/api/forums/[slug]/workshops/[id]/mix GET': {
    path: (at) => `/api${workshop('/mix?way=mix')(at)}`,
    status: only(LEADING),
  },
  '/api/forums/[slug]/workshops/[id]/script.json GET': {
    path: (at) => `/api${workshop('/script.json')(at)}`,
    status: only(LEADING),
  },
  '/api/forums/[slug]/workshops/[id]/view GET': { path: (at) => `/api${workshop('/view')(at)}`, status: seated },
};
const DO: Record<string, Doing> = {
  '/account ?/signOut': { path: fixed('/account?/signOut'), may: EVERYBODY, tries: ['nobody'] },
  '/account ?/endDevice': { path: fixed('/account?/endDevice'), may: ACCOUNTS },
  '/account ?/endOthers': { path: fixed('/account?/endOthers'), may: ACCOUNTS, tries: without(EVERYBODY, ...ACCOUNTS) },
  '/account ?/password': { path: fixed('/account?/password'), may: ACCOUNTS },
  '/account ?/erase': { path: fixed('/account?/erase'), may: ACCOUNTS }, // without the password nothing is erased
  '/forums/new ?/create': { path: fixed('/forums/new?/create'), may: ACCOUNTS },
  '/forums/new ?/import': { path: fixed('/forums/new?/import'), may: ACCOUNTS },
  '/forums/[slug] ?/rotate': { path: forum('?/rotate'), may: ['organizer'], tries: without(EVERYBODY, 'organizer') },
  '/forums/[slug] ?/endRehearsal': { path: forum('?/endRehearsal'), may: [] }, // people meet in this one
  '/forums/[slug]/outcome ?/show': {
    path: forum('/outcome?/show'),
    body: () => ({ to: 'everybody' }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'), // who may does it below
  },
  '/forums/[slug]/people ?/invite': { path: forum('/people?/invite'), may: ['organizer'] },
  '/forums/[slug]/people ?/role': {
    path: forum('/people?/role'),
    body: ({ seat }) => ({ seat, role: 'participant' }),
    may: ['organizer'],
  },
  '/forums/[slug]/people ?/join': {
    path: forum('/people?/join'),
    body: ({ seat }) => ({ seat, into: 'nobody' }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'),
  },
  '/forums/[slug]/people ?/letInAgain': {
    path: forum('/people?/letInAgain'),
    body: ({ seat }) => ({ seat }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'),
  },
  '/forums/[slug]/people ?/letIn': { path: forum('/people?/letIn'), body: () => ({ most: '0' }), may: LEADING },
  '/forums/[slug]/people ?/keepAllOut': {
    path: forum('/people?/keepAllOut'),
    body: () => ({ most: '0' }),
    may: LEADING,
  },
  '/forums/[slug]/people ?/takeBack': {
    path: forum('/people?/takeBack'),
    body: () => ({ at: '1' }),
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING), // who may finds nothing to take back
  },
  '/forums/[slug]/people ?/removeMany': {
    path: forum('/people?/removeMany'),
    body: () => ({ seat: 'nobody' }),
    may: ['organizer'],
  },
  '/forums/[slug]/people ?/newCode': {
    path: forum('/people?/newCode'),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'),
  },
  '/forums/[slug]/people ?/letInOne': {
    path: forum('/people?/letInOne'),
    body: ({ seat }) => ({ seat }),
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING),
  },
  '/forums/[slug]/people ?/keepOutOne': {
    path: forum('/people?/keepOutOne'),
    body: ({ seat }) => ({ seat }),
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING),
  },
  '/forums/[slug]/people ?/remove': {
    path: forum('/people?/remove'),
    body: ({ seat }) => ({ seat }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'),
  },
  '/forums/[slug]/people ?/erase': {
    path: forum('/people?/erase'),
    body: ({ seat }) => ({ seat }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'),
  },
  // A guest has no password to set, so that the organizer is refused too.
  '/forums/[slug]/people ?/vouch': { path: forum('/people?/vouch'), body: ({ seat }) => ({ seat }), may: [] },
  '/forums/[slug]/people ?/correct': { path: forum('/people?/correct'), may: SEATED }, // without a name nothing changes
  // Without a name nothing changes.
  '/forums/[slug]/people ?/correctOne': {
    path: forum('/people?/correctOne'),
    body: ({ seat }) => ({ seat }),
    may: ['organizer'],
  },
  '/forums/[slug]/people ?/endDevice': { path: forum('/people?/endDevice'), may: SEATED },
  '/forums/[slug]/people ?/eraseMe': {
    path: forum('/people?/eraseMe'),
    may: [],
    tries: [...without(EVERYBODY, ...SEATED), 'organizer'],
  },
  '/leave ?/default': { path: fixed('/leave'), may: EVERYBODY, tries: ['nobody'] },
  '/new-password/[token] ?/default': { path: fixed('/new-password/nothing'), may: [] },
  '/forums/[slug]/settings ?/default': { path: forum('/settings'), may: ['organizer'] },
  '/forums/[slug]/workshops/[id]/script ?/choose': {
    path: workshop('/script?/choose'),
    body: () => ({ script: 'swot-45' }), // answered in words: this workshop has begun
    may: LEADING,
  },
  '/forums/[slug]/workshops/[id]/alike ?/keepApart': { path: workshop('/alike?/keepApart'), may: LEADING },
  '/forums/[slug]/workshops/[id]/alike ?/takeBackApart': { path: workshop('/alike?/takeBackApart'), may: LEADING },
  '/forums/[slug]/workshops/[id]/script ?/takeBack': { path: workshop('/script?/takeBack'), may: LEADING },
  // Without a number of people nothing begins.
  '/forums/[slug]/workshops/[id]/script ?/rehearse': { path: workshop('/script?/rehearse'), may: ['organizer'] },
  '/forums/[slug]/workshops/[id]/script ?/endRehearsal': {
    path: workshop('/script?/endRehearsal'),
    may: ['organizer'],
  },
  // An account is needed to keep it in; a workshop with rooms of others is nobody else's to copy.
  '/forums/[slug]/workshops/[id]/script ?/keep': { path: workshop('/script?/keep'), may: ['organizer'] },
  '/forums/[slug]/workshops/[id]/script ?/upload': { path: workshop('/script?/upload'), may: LEADING },
  '/invite/[token] ?/accept': { path: fixed('/invite/nothing?/accept'), may: [], tries: ACCOUNTS },
  '/invite/[token] ?/signIn': { path: fixed('/invite/nothing?/signIn'), may: [] },
  '/invite/[token] ?/signUp': { path: fixed('/invite/nothing?/signUp'), may: [] },
  '/join/[code] ?/join': { path: ({ code }) => `/join/${code}?/join`, may: EVERYBODY },
  '/join/[code] ?/continue': { path: ({ code }) => `/join/${code}?/continue`, may: EVERYBODY, tries: ['nobody'] },
  '/scripts ?/begin': { path: fixed('/scripts?/begin'), may: ACCOUNTS },
  '/scripts ?/copy': { path: fixed('/scripts?/copy'), body: () => ({ script: SCRIPT }), may: ['organizer'] },
  '/scripts ?/upload': { path: fixed('/scripts?/upload'), may: ACCOUNTS },
  '/scripts ?/remove': {
    path: fixed('/scripts?/remove'),
    body: () => ({ script: SCRIPT }),
    may: ['organizer'],
    tries: without(EVERYBODY, 'organizer'), // who may does it in tests/e2e/scripts.spec.ts
  },
  '/scripts ?/bringBack': { path: fixed('/scripts?/bringBack'), body: () => ({ script: SCRIPT }), may: [] }, // it was not removed
  '/scripts/[id] ?/save': { path: fixed(`/scripts/${SCRIPT}?/save`), may: ['organizer'] }, // without a script nothing changes
  '/scripts/[id] ?/saveAsNew': { path: fixed(`/scripts/${SCRIPT}?/saveAsNew`), may: ACCOUNTS },
  '/seat/[token] ?/default': { path: fixed('/seat/nothing'), may: [] },
  '/set-up/[token] ?/default': { path: fixed('/set-up/nothing'), may: [] },
  '/sign-in ?/default': { path: fixed('/sign-in'), may: EVERYBODY, tries: ['nobody'] },
  '/api/join POST': { path: fixed('/api/join'), json: true, may: EVERYBODY },
  '/locale POST': { path: fixed('/locale'), body: () => ({ locale: 'en' }), may: EVERYBODY },
  '/seat POST': { path: fixed('/seat'), body: ({ slug }) => ({ slug }), may: SEATED },
  '/api/forums/[slug]/boards/[...board]/versions POST': {
    path: versions(),
    json: true,
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING), // who may does it in tests/integration/versions.test.ts
  },
  '/api/forums/[slug]/boards/[...board]/versions/[seq] DELETE': {
    path: versions('/1'),
    method: 'DELETE',
    json: true,
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING),
  },
  '/api/forums/[slug]/boards/[...board]/versions/[seq] POST': {
    path: versions('/1'),
    json: true,
    may: LEADING,
    tries: without(EVERYBODY, ...LEADING),
  },
};

/** Every secret with those who may have it while the outcome is not open. */
function secrets(code: string): { text: string; for: Who[] }[] {
  const here = Object.keys(KNOWN) as (keyof typeof KNOWN)[];
  const a: Who[] = ['inA', ...WATCHING];
  const b: Who[] = ['inB', 'moved', ...WATCHING];
  return [
    ...Object.values(textsOf('a')).map((text) => ({ text, for: a })),
    ...Object.values(textsOf('b')).map((text) => ({ text, for: b })),
    ...Object.values(textsOf('there')).map((text) => ({ text, for: ['elsewhere' as const] })),
    // sent to the seats of a room: who reads along there is told nothing
    { text: MESSAGES.a, for: [...AT_A, ...LEADING] },
    { text: MESSAGES.b, for: [...AT_B, ...LEADING] },
    ...Object.values(DRAFT).map((text) => ({ text, for: WATCHING })),
    ...Object.values(AGENDA).map((text) => ({ text, for: SEATED })),
    { text: AWAY.question, for: ['elsewhere'] },
    { text: SCRIPT_NOTE, for: ['organizer'] },
    { text: STEP_NOTE, for: LEADING },
    ...here.map((name) => ({ text: nameOf(name), for: KNOWN[name] })),
    ...here.map((name) => ({
      text: nameOf(`org${name}`),
      for: name === 'there' ? KNOWN.there : [...LEADING, ...EVERYBODY.filter((who) => who === name)],
    })),
    // it stands on the screen
    { text: code, for: SHOWING },
    { text: `${code.slice(0, 4)}-${code.slice(4)}`, for: SHOWING },
  ];
}

/** Whose name is known to whom. */
const AT_A: Who[] = ['inA'];
const AT_B: Who[] = ['inB', 'moved'];
const KNOWN = {
  inA: [...AT_A, ...WATCHING],
  inB: [...AT_B, ...WATCHING],
  mateB: [...AT_B, ...WATCHING],
  moved: [...AT_A, ...AT_B, ...WATCHING], // wrote in A before
  roomless: ['roomless', ...LEADING],
  observer: [...AT_A, ...AT_B, ...WATCHING],
  translator: [...AT_A, ...AT_B, ...WATCHING],
  facilitator: [...AT_A, ...AT_B, ...WATCHING],
  organizer: [...AT_A, ...AT_B, ...WATCHING],
  removed: LEADING, // as somebody who was removed
  signedout: LEADING,
  there: ['elsewhere'],
  account: ['account'],
  elsewhere: ['elsewhere'],
} satisfies Record<string, Who[]>;

let hall: HallOfSecrets;
let here: Place;
let there: Place;
/** What each visitor was told, with where. */
const told: { who: Who; where: string; text: string }[] = [];
beforeAll(async () => {
  hall = await HallOfSecrets.open();
  const at = { seat: hall.seats.get('mateB')! };
  here = { ...at, slug: hall.forum.slug, code: hall.forum.joinCode, workshop: HERE, room: ROOM_A };
  there = { ...at, slug: hall.there.slug, code: hall.there.joinCode, workshop: THERE, room: ROOM_THERE };
});
afterAll(() => hall.close());

/** Answers that lack a header which every answer has. */
const bare = new Set<string>();
const ALWAYS: Record<string, RegExp> = {
  'cache-control': /no-store/,
  'content-security-policy': /frame-ancestors 'none'/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'referrer-policy': /^same-origin$/,
  'x-content-type-options': /^nosniff$/,
};
function missing(headers: Headers): string[] {
  const policy = headers.get('content-security-policy') ?? '';
  const isPage = headers.get('content-type')?.startsWith('text/html') && !headers.has('content-disposition');
  const runs = /script-src [^;]*/.exec(policy)?.[0] ?? '';
  return [
    ...Object.keys(ALWAYS).filter((name) => !ALWAYS[name]?.test(headers.get(name) ?? '')),
    ...(isPage && (!runs.includes("'nonce-") || /unsafe-(inline|eval)/.test(runs)) ? ['a nonce for scripts'] : []),
  ];
}

async function ask(who: Who, path: string, init: RequestInit = {}): Promise<{ status: number; text: string }> {
  const answer = await fetch(hall.server.origin + path, {
    redirect: 'manual',
    ...init,
    headers: { ...(hall.cookies[who] && { cookie: hall.cookies[who] }), ...(init.headers as Record<string, string>) },
  });
  const text = readable(Buffer.from(await answer.arrayBuffer()));
  const headers = [...answer.headers].map((pair) => pair.join(': ')).join('\n');
  for (const problem of missing(answer.headers))
    bare.add(`${init.method ?? 'GET'} ${path} ${answer.status}: ${problem}`);
  told.push({ who, where: `${init.method ?? 'GET'} ${path}`, text: `${headers}\n${text}` });
  return { status: answer.status, text };
}

/** The words of a file, also those that are packed. */
function readable(bytes: Buffer): string {
  if (bytes.subarray(0, 2).toString() === 'PK')
    return entriesOfZip(bytes)
      .map(({ text }) => text)
      .join('\n');
  if (bytes.subarray(0, 5).toString() === '%PDF-') {
    return execFileSync('pdftotext', ['-layout', '-', '-'], { input: bytes, encoding: 'utf8' });
  }
  return bytes.toString('utf8');
}

/** `done`, or `refused` by status, by words or by the way to the sign-in. */
async function verdict(who: Who, { path, body, json, method = 'POST' }: Doing, at: Place): Promise<'done' | 'refused'> {
  const { status, text } = await ask(who, path(at), {
    method,
    headers: {
      origin: hall.server.origin,
      accept: 'application/json',
      'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded',
    },
    body: json ? '{}' : new URLSearchParams(body?.(at)).toString(),
  });
  const inside = Number(/"status":(\d+)/.exec(text)?.[1] ?? status);
  return [401, 403, 404, 410].includes(inside) || text.includes('"location":"/sign-in') ? 'refused' : 'done';
}

/** What was told to somebody whom it is not for, by where. `opened`: what is for every seat besides, and where. */
function leaks(opened?: { where: RegExp; texts: string[] }): string[] {
  const known = secrets(here.code);
  return told.flatMap(({ who, where, text }) =>
    known
      .filter(({ text: secret, for: readers }) => text.includes(secret) && !readers.includes(who))
      .filter(
        ({ text: secret }) => !(opened?.where.test(where) && SEATED.includes(who) && opened.texts.includes(secret)),
      )
      // who opens the page of a code has the code
      .filter(({ text: secret }) => !(where.includes(here.code) && secret.replace('-', '') === here.code))
      .map(({ text: secret }) => `${who} ${where}: ${secret}`),
  );
}

test('[P20] every page, method and action of the routes has a row, and no row is left of one that went', () => {
  expect([...Object.keys(READ), ...Object.keys(DO)].sort()).toEqual(answered());
});

test('[H1] no route reads a body but through the one door', () => expect(readersBesideTheDoor()).toEqual([]));

test('[H6] every page beside a forum’s address is known as one', () => {
  expect(
    pagesBesideForums()
      .filter((word) => word !== 'api')
      .sort(),
  ).toEqual([...PAGES].sort());
});

describe('while the outcome is not open', () => {
  test.each(Object.entries(READ))('[P20] [P24] %s: who reads it', async (_, { path, status, tries = EVERYBODY }) => {
    const answers = await Promise.all(tries.map(async (who) => [who, (await ask(who, path(here))).status]));
    expect(answers).toEqual(tries.map((who) => [who, status(who)]));
    await Promise.all(tries.map((who) => ask(who, path(here).replace(/(\/?)(\?|$)/, '/__data.json$2'))));
  });

  test('[P20] in the other forum everybody from here is nobody, and its organizer reads it', async () => {
    for (const [route, { path, status }] of Object.entries(READ)) {
      if (!route.includes('[slug]')) continue;
      const answers = await Promise.all(EVERYBODY.map(async (who) => [who, (await ask(who, path(there))).status]));
      const here = EVERYBODY.map((who) => [who, status(who === 'elsewhere' ? 'organizer' : 'nobody')]);
      expect([route, answers]).toEqual([route, here]);
    }
  });

  test.each(Object.entries(DO))('[P20] %s: who does it', async (_, doing) => {
    const tries = doing.tries ?? EVERYBODY;
    for (const who of tries) {
      expect([who, await verdict(who, doing, here)]).toEqual([who, doing.may.includes(who) ? 'done' : 'refused']);
    }
  });

  test.each([ROOM_B, ROOM_A])('[P21] the board of %s is shown to those who read it', async (asked) => {
    const own: Who[] = asked === ROOM_A ? AT_A : AT_B;
    for (const who of without(SEATED, 'roomless')) {
      const { status } = await ask(who, `${workshop()(here)}?room=${asked}`);
      expect([who, status]).toEqual([who, [...own, ...WATCHING].includes(who) ? 200 : 403]);
    }
  });

  test.each(EXPORT_FORMATS)('[P22] the outcome as %s', async (format) => {
    for (const who of EVERYBODY) {
      const { status } = await ask(who, `/api/forums/${here.slug}/outcome.${format}`);
      expect([who, status]).toEqual([who, only(LEADING)(who)]);
    }
  });

  test('[P21] [P22] [Y5] the documents that open, and what comes over them', async () => {
    const documents: [string, Who[]][] = [
      [`board/${ROOM_A}`, [...AT_A, ...WATCHING]],
      [`board/${ROOM_B}`, [...AT_B, ...WATCHING]],
      [`board/${ROOM_THERE}`, ['elsewhere']],
      [`outcome/${hall.forum.id}`, WATCHING],
      [`outcome/${hall.there.id}`, ['elsewhere']],
    ];
    for (const [document, readers] of documents) {
      const entered: Who[] = [];
      for (const who of EVERYBODY) {
        const visitor = new Visitor(`${hall.server.origin.replace('http', 'ws')}/sync/${document}`, {
          origin: hall.server.origin,
          ...(hall.cookies[who] && { cookie: hall.cookies[who] }),
        });
        if (await visitor.entered()) {
          entered.push(who);
          visitor.send(Uint8Array.of(0, 0, 1, 0)); // SyncStep1 of somebody who has nothing
          await visitor.handled();
        }
        const text = visitor.frames.map((frame) => Buffer.from(frame).toString('utf8')).join('\n');
        told.push({ who, where: `sync ${document}`, text });
        visitor.leave();
      }
      expect([document, entered]).toEqual([document, EVERYBODY.filter((who) => readers.includes(who))]);
    }
  });

  test('[P21] [Y77] the same documents over plain requests, and ways that serve nobody but who opened them', async () => {
    const init = { method: 'POST', headers: { origin: hall.server.origin } };
    const documents: [string, Who[]][] = [
      [`board/${ROOM_A}`, [...AT_A, ...WATCHING]],
      [`outcome/${hall.forum.id}`, WATCHING],
    ];
    for (const [document, readers] of documents) {
      const entered: Who[] = [];
      for (const who of EVERYBODY) {
        const { status, text: way } = await ask(who, `/sync/${document}`, init);
        if (status !== 200) {
          expect([401, 404]).toContain(status);
          continue;
        }
        entered.push(who);
        expect((await ask(who, `/sync/${document}?way=${way}&take=0`, init)).status).toBe(200);
        for (const other of EVERYBODY.filter((each) => each !== who)) {
          const { status } = await ask(other, `/sync/${document}?way=${way}&take=0`, init);
          expect([who, other, status]).toEqual([who, other, 401]);
        }
        expect((await ask(who, `/sync/${document}?way=${way}&end`, init)).status).toBe(204);
      }
      expect([document, entered]).toEqual([document, EVERYBODY.filter((who) => readers.includes(who))]);
    }
  });

  test('[P23] [P10] the live channel: who is let in, and what each part holds', async () => {
    const channels: [string, Who[]][] = [
      [HERE, without(SEATED, 'roomless')],
      [THERE, ['elsewhere']],
    ];
    for (const [id, readers] of channels) {
      const entered = await Promise.all(
        without(EVERYBODY, 'roomless').map(async (who) => ((await listen(who, id)) ? [who] : [])),
      );
      expect([id, entered.flat()]).toEqual([id, EVERYBODY.filter((who) => readers.includes(who))]);
    }
  });

  test('[P26] a screen is told what everybody may read off a wall, and who may not have one is told as without it', async () => {
    const parts = await Promise.all(
      without(SEATED, 'roomless').map(async (who) => {
        expect([who, await listen(who, HERE, 'screen')]).toEqual([who, true]);
        const { text } = told.findLast((one) => one.who === who && one.where === `live ${HERE} screen`)!;
        if (SHOWING.includes(who)) {
          const names = Object.keys(KNOWN).filter((of) => of !== who && text.includes(nameOf(of)));
          expect([who, names, text.includes(STEP_NOTE)]).toEqual([who, [], false]);
        }
        return [who, /^screen /m.test(text), /^(people|calls|control|hall|tick|activity|door) /m.test(text)];
      }),
    );
    expect(parts).toEqual(
      without(SEATED, 'roomless').map((who) => [who, SHOWING.includes(who), !SHOWING.includes(who)]),
    );
  });

  test('[W87] of calls everybody is told their own, and those who run the workshop all', () => {
    const partOf = (who: Who, part: string) =>
      told
        .filter((one) => one.who === who && one.where === `live ${HERE}`)
        .flatMap(({ text }) => text.split('\n').filter((line) => line.startsWith(`${part} `)))
        .at(-1);
    const callers = ['inA', 'inB'].map((who) => hall.seats.get(who)!);
    const heard = without(SEATED, 'roomless').map((who) => [
      who,
      /"isMine":(\w+)/.exec(partOf(who, 'calls') ?? '')?.[1],
      partOf(who, 'hall') !== undefined && callers.every((seat) => partOf(who, 'hall')!.includes(seat)),
      Object.values(MESSAGES).filter((text) => `${partOf(who, 'calls')} ${partOf(who, 'hall')}`.includes(text)),
    ]);
    expect(heard).toEqual([
      ['inA', 'true', false, [MESSAGES.a]],
      ['inB', 'true', false, [MESSAGES.b]],
      ['moved', 'false', false, [MESSAGES.b]],
      ['observer', undefined, false, []],
      ['translator', undefined, false, []],
      ['facilitator', undefined, true, [MESSAGES.a, MESSAGES.b]],
      ['organizer', undefined, true, [MESSAGES.a, MESSAGES.b]],
    ]);
  });

  test('[P26] of a live workshop everybody is told the parts that are for them, and no seat that is nobody’s to know', () => {
    const live = told.filter(({ where }) => where === `live ${HERE}`);
    const partsOf = (who: Who) =>
      new Set(live.filter((one) => one.who === who).flatMap(({ text }) => text.match(/^\w+(?= )/gm) ?? []));
    const beside = without(SEATED, 'roomless').map((who) => [
      who,
      [...partsOf(who)].filter((part) => !FOR_ALL.includes(part)).filter((part) => !(PARTS[who] ?? []).includes(part)),
    ]);
    expect(beside).toEqual(without(SEATED, 'roomless').map((who) => [who, []]));
    for (const who of LEADING) expect([who, ...partsOf(who)]).toEqual(expect.arrayContaining(['tick', 'hall']));

    // on the channel, and in whatever is a workshop's view over http
    const shown = [...live, ...told.filter(({ where }) => /\/workshops\/[^/]+(\/view|\/__data\.json)?$/.test(where))];
    const found = shown.flatMap(({ who, where, text }) => [
      ...Object.keys(KNOWN)
        .filter((of) => hall.seats.has(of) && text.includes(hall.seats.get(of)!))
        .filter(
          (of) => of !== who && SEATED.includes(who) && !(KNOWN as Record<string, readonly Who[]>)[of]!.includes(who),
        )
        .map((of) => `${who} ${where}: seat of ${of}`),
      ...(LEADING.includes(who) || who === 'elsewhere'
        ? []
        : (text.match(/"(turning|planning|mixing|pinned|plannedEnd|paces)"/g) ?? [])
      ).map((word) => `${who} ${where}: ${word}`),
    ]);
    expect([...new Set(found)]).toEqual([]);
    expect(shown.some(({ who, text }) => who === 'facilitator' && text.includes('"planning"'))).toBe(true);
    expect(shown.some(({ who, text }) => who === 'inB' && text.includes(hall.seats.get('mateB')!))).toBe(true);
  });

  test('[P20] [P21] [P23] [P24] [P25] nothing that anybody was told holds what is not theirs', () => {
    expect(told.length).toBeGreaterThan(500);
    expect(leaks()).toEqual([]);
  });

  test('[H7] [H8] every answer has the headers that all have, and is kept by nobody', () => {
    expect([...bare]).toEqual([]);
  });

  test('the search finds what is there: each secret, with those who may have it', () => {
    const unseen = secrets(here.code)
      .filter(({ for: readers }) => readers.length > 0)
      .filter(({ text, for: readers }) => !told.some((one) => readers.includes(one.who) && one.text.includes(text)));
    // Nobody is told an organisation of those who came without one: accounts, and people of the other forum's pages.
    expect(unseen.map(({ text }) => text).filter((text) => !text.startsWith('zqnameorg'))).toEqual([]);
    for (const format of ['.pdf', '.docx', '.html', '.md', '.wordpress', '.json', '.csv']) {
      const files = told.filter(({ who, where }) => who === 'organizer' && where.endsWith(`outcome${format}`));
      expect([format, files.some(({ text }) => text.includes(textsOf('b').item))]).toEqual([format, true]);
    }
    const overSync = told.filter(({ who, where }) => who === 'inA' && where === `sync board/${ROOM_A}`);
    for (const text of Object.values(textsOf('a'))) expect(overSync.some((one) => one.text.includes(text))).toBe(true);
    told.push({ who: 'inA', where: 'nowhere', text: `… ${textsOf('b').comment} …` });
    expect(leaks()).toEqual([`inA nowhere: ${textsOf('b').comment}`]);
    told.pop();
  });
});

describe('once the organizer has opened the outcome', () => {
  const show = (to: string) =>
    ask('organizer', `${forum('/outcome?/show')(here)}`, {
      method: 'POST',
      headers: {
        origin: hall.server.origin,
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `to=${to}`,
    });

  test('[P22] every seat reads it as assembled, in every format, and nothing more', async () => {
    expect((await show('everybody')).text).toContain('"success"');
    told.length = 0;
    for (const path of ['/outcome', '/outcome/__data.json']) {
      for (const who of EVERYBODY) await ask(who, forum(path)(here));
    }
    for (const format of EXPORT_FORMATS) {
      for (const who of ['inA', 'roomless', 'nobody', 'elsewhere', 'removed', 'signedOut'] as const) {
        const { status } = await ask(who, `/api/forums/${here.slug}/outcome.${format}`);
        expect([format, who, status]).toEqual([format, who, seated(who)]);
      }
    }
    const { comment: _a, ...ofA } = textsOf('a');
    const { comment: _b, ...ofB } = textsOf('b');
    const counted = Object.keys(KNOWN).flatMap((who) => [nameOf(who), nameOf(`org${who}`)]);
    const texts = [...Object.values(ofA), ...Object.values(ofB), ...Object.values(DRAFT), ...counted];
    expect(told.some(({ who, text }) => who === 'roomless' && text.includes(textsOf('b').item))).toBe(true);
    expect(leaks({ where: /\/outcome/, texts })).toEqual([]);
  });

  test('[P22] boards, names and the live document stay with those who had them', async () => {
    const { status } = await ask('inA', `${workshop()(here)}?room=${ROOM_B}`);
    expect(status).toBe(403);
    const visitor = new Visitor(`${hall.server.origin.replace('http', 'ws')}/sync/outcome/${hall.forum.id}`, {
      origin: hall.server.origin,
      cookie: hall.cookies.inA,
    });
    expect(await visitor.entered()).toBe(false);
  });

  test('[P22] it can be taken back', async () => {
    expect((await show('organizers')).text).toContain('"success"');
    expect((await ask('inA', `/api/forums/${here.slug}/outcome.json`)).status).toBe(403);
    expect((await ask('inA', forum('/outcome/__data.json')(here))).text).not.toContain(textsOf('b').item);
  });
});

/** Parts of the live channel that everybody with a seat may be told, and those that are for some. */
const FOR_ALL = ['whole', 'shared', 'room', 'mine', 'people', 'plan', 'running'];
const PARTS: Partial<Record<Who, readonly string[]>> = {
  inA: ['calls'],
  inB: ['calls'],
  moved: ['calls'],
  facilitator: ['control', 'tick', 'hall', 'door', 'activity'],
  organizer: ['control', 'tick', 'hall', 'door', 'activity'],
};

/** The part that tells somebody of calls; those who watch or translate have none. */
const CALLED: Partial<Record<Who, string>> = {
  inA: 'calls',
  inB: 'calls',
  moved: 'calls',
  facilitator: 'hall',
  organizer: 'hall',
};

/** Whether the visitor was let in; what came, with every part, goes to `told`. */
async function listen(who: Who, id: string, as?: 'screen'): Promise<boolean> {
  const socket = io(hall.server.origin, {
    path: LIVE_PATH,
    addTrailingSlash: false,
    transports: ['websocket'],
    reconnection: false,
    query: { workshop: id, v: String(LIVE_PROTOCOL_VERSION), ...(as && { as }) },
    extraHeaders: { origin: hall.server.origin, ...(hall.cookies[who] && { cookie: hall.cookies[who] }) },
  });
  const parts: string[] = [];
  const came = new Set<string>();
  socket.onAny((part: string, ...values: unknown[]) => {
    came.add(part);
    parts.push(`${part} ${JSON.stringify(values)}`);
  });
  const isIn = await new Promise<boolean>((resolve) => {
    socket.on('connect_error', () => resolve(false));
    socket.on('disconnect', () => resolve(false));
    const awaited = as && SHOWING.includes(who) ? ['whole', 'screen'] : ['whole', 'plan', 'people'];
    socket.onAny(() => awaited.every((part) => came.has(part)) && resolve(true));
  });
  const calls = as ? undefined : CALLED[who];
  if (isIn && id === HERE && calls) await vi.waitFor(() => expect([...came]).toContain(calls), { timeout: 60_000 });
  told.push({ who, where: as ? `live ${id} ${as}` : `live ${id}`, text: parts.join('\n') });
  socket.disconnect();
  return isIn;
}
