import type { Config } from '#server/config.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { integrityOf } from './dialects.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { provenState, provenVersion } from '#server/history/proof.ts';
import { describeLoss } from './high-water.ts';
import { expectDatabase, openDatabase, storageOver } from './open-storage.ts';
import type { StoredDocument } from './ports/documents.ts';
import type { Storage } from './ports/storage.ts';
import type { Database } from './schema.ts';

export interface Verification {
  readonly forums: number;
  readonly seats: number;
  readonly workshops: number;
  readonly events: number;
  readonly documents: number;
  readonly updates: number;
  readonly versions: number;
  /** What was found missing at earlier starts, one line each: no problem of today. */
  readonly lost: readonly string[];
  /** One line each; empty when everything holds together. */
  readonly problems: readonly string[];
}

/** Reads everything as a server would: the file itself, every forum, every event in order, every document and version from its updates. */
export async function verify(config: Config): Promise<Verification> {
  expectDatabase(config);
  const database = await openDatabase(config);
  const { db, dialect } = database;
  const storage = await storageOver(database);
  try {
    const { loss, earlier } = storage.losses;
    const problems: string[] = loss ? describeLoss(loss) : [];
    const integrity = await integrityOf(db, dialect);
    if (integrity !== 'ok') problems.push(`database: ${integrity}`);
    const forums = await checkForums(db, storage, problems);
    const { workshops, events } = await checkEvents(db, storage, problems);
    const logs = await checkDocuments(storage, problems);
    const seats = await countSeats(db);
    return { forums, seats, workshops, events, ...logs, lost: earlier.flatMap(describeLoss), problems };
  } finally {
    await database.close();
  }
}

async function checkForums(db: Database, storage: Storage, problems: string[]): Promise<number> {
  const rows = await db.selectFrom('forum').select('slug').orderBy('slug').execute();
  for (const { slug } of rows) await attempt(problems, slug, () => storage.forums.bySlug(slug));
  return rows.length;
}

async function checkEvents(
  db: Database,
  storage: Storage,
  problems: string[],
): Promise<{ workshops: number; events: number }> {
  const rows = await db
    .selectFrom('workshop_event')
    .select(['workshop_id', (select) => select.fn.max('version').as('last')])
    .groupBy('workshop_id')
    .execute();
  let events = 0;
  for (const { workshop_id: workshop, last } of rows) {
    await attempt(problems, `workshop ${workshop}`, async () => {
      const read = await storage.events.read(workshop as WorkshopId, 0);
      events += read.length;
      if (read.length !== Number(last))
        problems.push(`workshop ${workshop}: ${Number(last) - read.length} events are missing`);
    });
  }
  return { workshops: rows.length, events };
}

async function checkDocuments(
  storage: Storage,
  problems: string[],
): Promise<{ documents: number; updates: number; versions: number }> {
  const names = await storage.documents.names();
  const counts = { documents: names.length, updates: 0, versions: 0 };
  for (const name of names) {
    await attempt(problems, name, async () => {
      const stored = await storage.documents.read(name);
      counts.updates += stored.updates.length;
      await checkVersions(storage, name, stored, problems, counts);
    });
  }
  return counts;
}

async function checkVersions(
  storage: Storage,
  name: DocumentName,
  stored: StoredDocument,
  problems: string[],
  counts: { versions: number },
): Promise<void> {
  let whole: Uint8Array | null = null;
  await attempt(problems, `${name} cannot be read`, async () => (whole = provenState(stored)));
  const { kept } = await storage.documents.history(name);
  counts.versions += kept.length;
  for (const { seq } of kept) {
    await attempt(problems, `${name}: version ${seq}`, async () => {
      provenVersion(stored, seq, (await storage.documents.version(name, seq))!, whole);
    });
  }
}

async function countSeats(db: Database): Promise<number> {
  const { seats } = await db
    .selectFrom('seat')
    .select((select) => select.fn.countAll().as('seats'))
    .executeTakeFirstOrThrow();
  return Number(seats);
}

async function attempt(problems: string[], what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.push(reason.startsWith(what) ? reason : `${what}: ${reason}`);
  }
}
