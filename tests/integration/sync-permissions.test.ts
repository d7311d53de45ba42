import Sqlite from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import type { Access } from '#domain/permissions/access.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { valueOf } from '#domain/value-of.sample.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import * as wire from '#protocol/sync.ts';
import { databaseFile } from '#server/storage/open-storage.ts';
import { replay } from '#server/sync/replay.ts';
import { Seeded } from '../faults/seeded.ts';
import { attack, type FrameKind, FRAME_KINDS } from './attack-frames.ts';
import { ELSEWHERE, HallOfSeats, NORTH, SOUTH, type Seated } from './hall-of-seats.ts';
import { until } from './sync-rig.ts';
import type { Visitor } from './visitor.ts';

const RACES = Number(process.env.LOCK_RACES ?? 1_000);

const MOMENTS = ['arriving', 'writing', 'grace', 'after grace', 'closing', 'closed'] as const;
type Moment = (typeof MOMENTS)[number];

const DOCUMENTS = ['north', 'south', 'outcome', 'own draft', 'unknown', 'elsewhere', 'outcome elsewhere'] as const;
type Asked = (typeof DOCUMENTS)[number];

const NOTHING: Readonly<Record<Asked, string>> = {
  north: '------',
  south: '------',
  outcome: '------',
  'own draft': '------',
  unknown: '------',
  elsewhere: '------',
  'outcome elsewhere': '------',
};

/** By hand: what each may do with each document, one letter for each moment. Who is not written down may nothing. */
const TABLE = {
  organizer: { ...NOTHING, north: 'wwwwww', south: 'wwwwww', outcome: 'wwwwww' },
  facilitator: { ...NOTHING, north: 'wwwwwr', south: 'wwwwwr', outcome: 'wwwwww' },
  'participant of north': { ...NOTHING, north: 'rwwrrr' },
  'participant of south': { ...NOTHING, south: 'rwwrrr' },
  'participant without a room': NOTHING,
  observer: { ...NOTHING, north: 'rrrrrr', south: 'rrrrrr', outcome: 'rrrrrr' },
  translator: { ...NOTHING, north: 'rrrrrr', south: 'rrrrrr', outcome: 'rrrrrr' },
  'removed seat': NOTHING,
  'participant elsewhere': { ...NOTHING, elsewhere: 'rrrrrr' },
  'organizer elsewhere': { ...NOTHING, elsewhere: 'wwwwww', 'outcome elsewhere': 'wwwwww' },
  nobody: NOTHING,
} satisfies Record<string, Record<Asked, string>>;
type Who = keyof typeof TABLE;
const PEOPLE = Object.keys(TABLE) as Who[];

type Outcome = 'answered' | 'stored' | 'refused' | 'known' | 'seen' | 'closed';
const OUTCOMES: Record<FrameKind, Record<'read' | 'write', Outcome>> = {
  step1: { read: 'answered', write: 'answered' },
  'step2 with news': { read: 'refused', write: 'stored' },
  'step2 that is known': { read: 'known', write: 'known' },
  update: { read: 'refused', write: 'stored' },
  awareness: { read: 'seen', write: 'seen' },
  'query awareness': { read: 'answered', write: 'answered' },
  auth: { read: 'closed', write: 'closed' },
  durable: { read: 'closed', write: 'closed' },
  refused: { read: 'closed', write: 'closed' },
  hello: { read: 'closed', write: 'closed' },
  unknown: { read: 'closed', write: 'closed' },
};

const ACCESS: Record<string, Access> = { w: 'write', r: 'read', '-': 'none' };

describe('the permission matrix', () => {
  let hall: HallOfSeats;
  let seats: Record<Who, Seated | null>;
  let names: (who: Who) => Record<Asked, string>;
  beforeAll(async () => {
    hall = await HallOfSeats.open();
    const there = hall.otherForum.id;
    const removed = await hall.seat('facilitator');
    seats = {
      organizer: await hall.seat('organizer'),
      facilitator: await hall.seat('facilitator'),
      'participant of north': await hall.seat('participant', { room: NORTH }),
      'participant of south': await hall.seat('participant', { room: SOUTH }),
      'participant without a room': await hall.seat('participant'),
      observer: await hall.seat('observer'),
      translator: await hall.seat('translator'),
      'removed seat': removed,
      'participant elsewhere': await hall.seat('participant', { forum: there, room: ELSEWHERE }),
      'organizer elsewhere': await hall.seat('organizer', { forum: there }),
      nobody: null,
    };
    valueOf(await hall.services.seats.removals.remove(removed.seat));
    names = (who) => ({
      north: `board/${NORTH}`,
      south: `board/${SOUTH}`,
      outcome: `outcome/${hall.forum.id}`,
      'own draft': `draft/${seats[who]?.seat ?? 'nobody000001'}`,
      unknown: 'board/unknown00001',
      elsewhere: `board/${ELSEWHERE}`,
      'outcome elsewhere': `outcome/${there}`,
    });
    for (const asked of ['north', 'south', 'outcome', 'elsewhere', 'outcome elsewhere'] as const) {
      const document = names('nobody')[asked] as DocumentName;
      await hall.services.sync.edit(document, null, (doc) => void doc.getMap('themes').set('first', 'known'));
    }
  });
  afterAll(() => hall.close());

  const enter: Record<Moment, () => Promise<void>> = {
    arriving: () => Promise.resolve(),
    writing: () => hall.command({ kind: 'startStep', step: stepIdAt(1) }),
    grace: () => Promise.resolve(void (hall.ahead = 30 * 60_000 + 15_000)),
    'after grace': () => Promise.resolve(void (hall.ahead = 30 * 60_000 + 31_000)),
    closing: () => hall.command({ kind: 'startStep', step: stepIdAt(2) }),
    closed: () => hall.command({ kind: 'closeWorkshop' }),
  };

  test.each(MOMENTS)(
    '[Y4] %s: each seat may with each document and frame what the table says, and no more',
    async (moment) => {
      await enter[moment]();
      const counts: Record<Outcome | 'turned away', number> = {
        answered: 0,
        stored: 0,
        refused: 0,
        known: 0,
        seen: 0,
        closed: 0,
        'turned away': 0,
      };
      const wrong: string[] = [];
      for (const asked of DOCUMENTS) {
        const watcher = asked.includes('elsewhere') ? seats['organizer elsewhere'] : seats.organizer;
        const observer = hall.visit(names('nobody')[asked], watcher!.cookie);
        const isThere = await observer.entered();
        // somebody is seen at every document, so that there is always an answer to who is here
        observer.send(attack.awareness(`watcher${attack.next()}`, new Y.Doc()));
        if (isThere) await observer.handled();
        for (const who of PEOPLE) {
          const expected = ACCESS[TABLE[who][asked][MOMENTS.indexOf(moment)] ?? '-'] ?? 'none';
          const document = names(who)[asked] as DocumentName;
          const cells = expected === 'none' ? ['step1' as const] : FRAME_KINDS;
          await Promise.all(
            cells.map(async (kind) => {
              const label = `${moment} · ${who} · ${asked} · ${kind}`;
              const want = expected === 'none' ? 'turned away' : OUTCOMES[kind][expected];
              const got = await outcomeOf(document, seats[who]?.cookie ?? null, kind, isThere ? observer : null);
              counts[want] += 1;
              if (got !== want) wrong.push(`${label}: ${got} instead of ${want}`);
            }),
          );
        }
        observer.leave();
      }
      console.log(`${moment}: ${JSON.stringify(counts)}, ${wrong.length} wrong`);
      expect(wrong).toEqual([]);
      expect(Math.min(...Object.values(counts))).toBeGreaterThan(0);
    },
  );

  /** What became of one frame, by the log, by what the sender was told and by what somebody else was sent. */
  async function outcomeOf(document: DocumentName, cookie: string | null, kind: FrameKind, observer: Visitor | null) {
    const visitor = hall.visit(document, cookie);
    if (!(await visitor.entered()))
      return visitor.status === null ? `closed with ${visitor.closedWith}` : 'turned away';
    const marker = `marker${attack.next()}`;
    const known = await hall.services.sync.read(document);
    const before = visitor.frames.length;
    visitor.send(attack[kind](marker, known));
    known.destroy();
    const told = () => visitor.frames.slice(before);
    const has = (type: number) => told().some(([first]) => first === type);
    const isAlive = await visitor.handled();
    if (isAlive && kind === 'awareness') await until(() => !!observer?.hears(marker), 'presence was told');
    if (isAlive && visitor.sent > 0)
      await until(() => has(wire.DURABLE) || has(wire.REFUSED), 'the frame was answered');
    await observer?.handled();
    const isHeard = observer?.hears(marker) ?? false;
    const isOnDisk = await isStored(document, marker);
    const { closedWith, refusals, durable } = visitor;
    visitor.leave();
    const facts = `heard ${isHeard}, stored ${isOnDisk}, refusals ${JSON.stringify(refusals)}, durable ${durable}, closed ${closedWith}`;
    if (!isAlive) return closedWith === wire.CLOSE.malformed && !isHeard && !isOnDisk ? 'closed' : facts;
    if (isOnDisk) return isHeard && durable === 1 && refusals.length === 0 ? 'stored' : facts;
    if (refusals.length > 0) {
      const isPlain = refusals.length === 1 && refusals[0]?.frame === 1 && !isHeard && durable === 0;
      return isPlain && refusals[0]?.code === wire.REFUSAL_CODES.notAllowed ? 'refused' : facts;
    }
    if (visitor.sent > 0) return durable === 1 && !isHeard ? 'known' : facts;
    if (kind === 'awareness') return isHeard ? 'seen' : facts;
    return has(kind === 'step1' ? wire.SYNC : wire.AWARENESS) ? 'answered' : facts;
  }

  async function isStored(document: DocumentName, marker: string): Promise<boolean> {
    const { snapshot, updates } = await hall.services.storage.documents.read(document);
    return [snapshot ?? new Uint8Array(), ...updates].some((bytes) => Buffer.from(bytes).includes(marker));
  }
});

/** Ways in which writing ends while edits are on their way, and how the hall gets ready for the next round. */
interface Lock {
  readonly name: string;
  lock(hall: HallOfSeats, writers: readonly Seated[]): Promise<void>;
  reopen(hall: HallOfSeats, writers: readonly Seated[]): Promise<void>;
  /** Which rows of the audit end the writing; null: it does not end, but what is stored must still fit together. */
  readonly ends: string | null;
}

const LOCKS: readonly Lock[] = [
  {
    name: 'a step that does not allow writing begins',
    lock: (hall) => hall.command({ kind: 'startStep', step: stepIdAt(2) }),
    reopen: (hall) => hall.command({ kind: 'startStep', step: stepIdAt(1) }),
    ends: 'stepStarted',
  },
  {
    name: 'the workshop closes',
    lock: (hall) => hall.command({ kind: 'closeWorkshop' }),
    reopen: (hall) => hall.command({ kind: 'reopenWorkshop' }),
    ends: 'workshopClosed',
  },
  {
    name: 'the workshop closes and opens again at once',
    lock: async (hall) => {
      for (const wait of [0, 2, 5]) {
        await hall.command({ kind: 'closeWorkshop' });
        await new Promise((resolve) => setTimeout(resolve, wait));
        await hall.command({ kind: 'reopenWorkshop' });
      }
    },
    reopen: () => Promise.resolve(),
    ends: null,
  },
  {
    name: 'the seat is moved to another room',
    lock: async (hall, writers) => {
      for (const { seat } of writers) await hall.command({ kind: 'moveSeat', seat, room: SOUTH });
    },
    reopen: async (hall, writers) => {
      for (const { seat } of writers) await hall.command({ kind: 'moveSeat', seat, room: NORTH });
    },
    ends: 'seatMoved',
  },
  {
    name: 'the seat is removed',
    lock: async (hall, writers) => {
      for (const { seat } of writers) valueOf(await hall.services.seats.removals.remove(seat));
    },
    reopen: () => Promise.resolve(),
    ends: 'seatRemoved',
  },
];

describe('lock race', { timeout: 900_000 + RACES * 60 }, () => {
  test.each(LOCKS)(
    '[Y4] $name: nothing is stored after it, whatever is on its way',
    async ({ name, lock, reopen, ends }) => {
      const random = new Seeded();
      const hall = await HallOfSeats.open();
      const audit = new Audit(hall.dataDir);
      const document = `board/${NORTH}`;
      const PEN_HOLDERS = 4;
      const FRAMES = 12;
      let inFlight = 0;
      let stored = 0;
      let torn = 0;
      let refused = 0;
      let wronglyRefused = 0;
      const late: string[] = [];
      try {
        await hall.command({ kind: 'startStep', step: stepIdAt(1) });
        let writers: Seated[] = [];
        for (let round = 0; inFlight < RACES / LOCKS.length; round += 1) {
          // no seat comes near to the most that it may write
          if (round % 50 === 0 || ends === 'seatRemoved') {
            writers = await Promise.all(
              Array.from({ length: PEN_HOLDERS }, () => hall.seat('participant', { room: NORTH })),
            );
          }
          const visitors = writers.map(({ cookie }) => hall.visit(document, cookie));
          for (const visitor of visitors) await visitor.entered();
          const begin = audit.last;
          const bursts = visitors.map(() => typing(FRAMES));
          const answered = () => visitors.reduce((sum, { durable, refusals }) => sum + durable + refusals.length, 0);
          const pause = random.between(0, 3) ** 3;
          const isWarm = random.next() < 0.5;
          let locking: Promise<void> | null = null;
          const at = random.between(0, FRAMES - 1);
          for (let frame = 0; frame < FRAMES; frame += 1) {
            if (frame === at) {
              if (isWarm && at > 0) await until(() => answered() > 0, 'some of it is stored');
              locking = lock(hall, writers);
            }
            visitors.forEach((visitor, index) => visitor.send(bursts[index]![frame]!));
            for (let turn = 0; turn < pause; turn += 1) await new Promise(setImmediate);
          }
          inFlight += visitors.reduce((sum, { sent }) => sum + sent, 0) - answered();
          await locking;
          await until(
            () =>
              visitors.every(
                ({ durable, refusals, sent, closedWith }) =>
                  closedWith !== null || durable >= sent || refusals.some(({ frame }) => frame === sent),
              ),
            'every frame was answered',
          );
          await hall.services.sync.read(document as DocumentName); // whatever still commits
          await audit.quiet();
          if (ends)
            late.push(
              ...audit.lateAfter(
                begin,
                ends,
                writers.map(({ seat }) => seat),
              ),
            );
          for (const { refusals, durable } of visitors) {
            stored += durable;
            refused += refusals.length;
            wronglyRefused += refusals.filter(({ code }) => ends && code !== wire.REFUSAL_CODES.notAllowed).length;
          }
          for (const visitor of visitors) visitor.leave();
          const whole = replay(document, await hall.services.storage.documents.read(document as DocumentName));
          if (whole.store.pendingStructs || whole.store.pendingDs) torn += 1;
          whole.destroy();
          await reopen(hall, writers);
        }
      } finally {
        audit.close();
        await hall.close();
      }
      console.log(
        `${name}: ${inFlight} frames in flight, ${stored} stored in time, ${late.length} stored late, ${refused} refused (${wronglyRefused} with another code than notAllowed), seed ${random.seed}`,
      );
      expect(Math.min(inFlight, stored)).toBeGreaterThan(0);
      expect(late).toEqual([]);
      expect(torn).toBe(0);
      expect(wronglyRefused).toBe(0);
    },
  );
});

/** Consecutive updates of somebody who types. */
function typing(frames: number): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(wire.encodeUpdate(update)));
  for (let index = 0; index < frames; index += 1) doc.getMap('themes').set(`t${doc.clientID}${index}`, index);
  return updates;
}

/** The database's own order of edits and of what ends the writing: triggers number them as they are committed. */
class Audit {
  readonly #db: Sqlite.Database;

  constructor(dataDir: string) {
    this.#db = new Sqlite(databaseFile(dataDir));
    this.#db.pragma('busy_timeout = 5000');
    this.#db.exec(`
      create table audit (id integer primary key autoincrement, kind text not null, seat text);
      create trigger audit_update after insert on document_update begin
        insert into audit (kind, seat) values ('update', new.seat_id); end;
      create trigger audit_event after insert on workshop_event begin
        insert into audit (kind, seat) values (json_extract(new.data, '$.kind'), json_extract(new.data, '$.seat')); end;
      create trigger audit_seat after update of removed_at on seat when new.removed_at is not null begin
        insert into audit (kind, seat) values ('seatRemoved', new.id); end;
    `);
  }

  get last(): number {
    return (this.#db.prepare('select coalesce(max(id), 0) as id from audit').get() as { id: number }).id;
  }

  /** Until nothing is added any more between two looks. */
  async quiet(): Promise<void> {
    for (let seen = -1; seen !== this.last;) {
      seen = this.last;
      for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
    }
  }

  /** Edits of those seats that stand behind what ended their writing. */
  lateAfter(begin: number, ends: string, seats: readonly SeatId[]): string[] {
    const rows = this.#db.prepare('select kind, seat from audit where id > ? order by id').all(begin) as {
      kind: string;
      seat: SeatId | null;
    }[];
    return seats.flatMap((seat) => {
      const lock = rows.findIndex((row) => row.kind === ends && (row.seat === null || row.seat === seat));
      expect(lock).toBeGreaterThanOrEqual(0);
      return rows
        .slice(lock)
        .filter((row) => row.kind === 'update' && row.seat === seat)
        .map(() => `${seat} after ${ends}`);
    });
  }

  close(): void {
    this.#db.close();
  }
}
