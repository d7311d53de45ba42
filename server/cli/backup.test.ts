import Sqlite from 'better-sqlite3';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import { lockDataDir } from '#server/storage/lock.ts';
import { databaseFile, openStorage } from '#server/storage/open-storage.ts';
import { expectOneLine, FORUM, Operator } from './operator.sample.ts';

const operator = new Operator();

async function makeForum(): Promise<{ slug: string; document: DocumentName; organizerLink: string }> {
  const { out, err } = await operator.run(['forum', 'create', operator.file('forum.json', FORUM), '--json']);
  if (err) throw new Error(err);
  const made = JSON.parse(out) as {
    slug: string;
    organizerLink: string;
    workshops: { rooms: { document: DocumentName }[] }[];
  };
  return { slug: made.slug, organizerLink: made.organizerLink, document: made.workshops[0]!.rooms[0]!.document };
}

async function write(document: DocumentName, ...updates: Uint8Array[]): Promise<string> {
  const storage = await openStorage({ dataDir: operator.dataDir, databaseUrl: undefined });
  const { seq, lineage } = await storage.documents.read(document);
  const rows = updates.map((update, index) => ({ document, seq: seq + 1 + index, update, seat: null, at: 1 }));
  await storage.documents.append(rows);
  await storage.close();
  return lineage;
}

const UPDATE = (() => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'Reading rooms in every village');
  return Y.encodeStateAsUpdate(doc);
})();

describe('backup, restore and verify', () => {
  test('a backup made beside a server brings everything back, with new lineages', async () => {
    const { slug, document } = await makeForum();
    const lineage = await write(document, UPDATE);
    const server = lockDataDir(operator.dataDir);
    const backup = join(operator.folder, 'one.backup');
    expect(await operator.run(['backup', backup])).toMatchObject({ code: 0, err: '' });
    server.release();
    expect(readdirSync(operator.folder).filter((name) => name.startsWith('one.'))).toEqual(['one.backup']);

    rmSync(operator.dataDir, { recursive: true });
    const restored = await operator.run(['restore', backup, '--json']);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(restored.out)).toEqual({ documents: 1, keptAside: null, missing: [] });

    const verified = await operator.run(['verify', '--json']);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(verified.out)).toMatchObject({ forums: 1, documents: 1, updates: 1, problems: [] });
    const storage = await openStorage({ dataDir: operator.dataDir, databaseUrl: undefined });
    expect((await storage.forums.bySlug(slug))?.title).toBe(FORUM.title);
    const stored = await storage.documents.read(document);
    expect(stored.updates).toEqual([UPDATE]);
    expect(stored.lineage).not.toBe(lineage);
    await storage.close();
  });

  test('a restore keeps the old database aside, each time', async () => {
    await makeForum();
    const backup = join(operator.folder, 'one.backup');
    await operator.run(['backup', backup]);
    await makeForum();
    for (const documents of [0, 0]) {
      const { out, code } = await operator.run(['restore', backup, '--json']);
      expect(code).toBe(0);
      const { keptAside, ...rest } = JSON.parse(out) as { keptAside: string };
      expect(rest).toMatchObject({ documents });
      expect(statSync(keptAside).isFile()).toBe(true);
    }
    const aside = readdirSync(operator.dataDir)
      .filter((name) => /\.before-[^.]+$/.test(name))
      .toSorted();
    expect(aside).toHaveLength(2);
    const first = new Sqlite(join(operator.dataDir, aside[0]!), { readonly: true });
    expect(first.prepare('select count(*) from forum').pluck().get()).toBe(2);
    first.close();
    const verified = await operator.run(['verify']);
    expect(verified.out).toContain('1 forums');
    expect(verified.out).toContain('everything holds together');
  });

  test('a restore is refused while a server runs, and nothing changes', async () => {
    await makeForum();
    const backup = join(operator.folder, 'one.backup');
    await operator.run(['backup', backup]);
    const server = lockDataDir(operator.dataDir);
    const before = readFileSync(databaseFile(operator.dataDir));
    const { code, out, err } = await operator.run(['restore', backup]);
    server.release();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expectOneLine(err);
    expect(err).toContain(`in use by a server (process ${process.pid})`);
    expect(readFileSync(databaseFile(operator.dataDir)).equals(before)).toBe(true);
  });

  test.each<[string, (path: string) => void, string]>([
    ['is not there', () => undefined, 'is not there'],
    ['is no database', (path) => writeFileSync(path, 'notes '.repeat(1_000)), 'file is not a database'],
    ['is empty', (path) => writeFileSync(path, ''), 'is not a backup of Dastarkhan'],
    [
      'is another database',
      (path) => new Sqlite(path).exec('create table cats (name text)').close(),
      'is not a backup of Dastarkhan',
    ],
    ['is from a newer version', (path) => newer(path), 'newer version'],
    ['is damaged', (path) => damaged(path), 'damaged'],
  ])('a restore of what %s is refused, and nothing changes', async (_, make, reason) => {
    await makeForum();
    const path = join(operator.folder, 'some.backup');
    make(path);
    const { code, out, err } = await operator.run(['restore', path]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expectOneLine(err);
    expect(err).toContain(reason);
    expect(readdirSync(operator.dataDir).filter((name) => /restoring|before/.test(name))).toEqual([]);
    expect((await operator.run(['verify'])).out).toContain('1 forums');
  });

  test('a backup is refused where it cannot be written, or of nothing', async () => {
    const nothing = await operator.run(['backup', join(operator.folder, 'x')]);
    expect(nothing.code).toBe(1);
    expectOneLine(nothing.err);
    await makeForum();
    for (const target of [databaseFile(operator.dataDir), operator.folder, join(operator.folder, 'none', 'x')]) {
      const { code, err } = await operator.run(['backup', target]);
      expect(code).toBe(1);
      expectOneLine(err);
    }
    expect((await operator.run(['verify'])).code).toBe(0);
  });

  test('verify names a missing update, one that is no update, and a damaged forum', async () => {
    const { document } = await makeForum();
    await write(document, UPDATE, UPDATE, UPDATE);
    await write('board/damaged00' as DocumentName, new Uint8Array([1, 2, 3]));
    const raw = new Sqlite(databaseFile(operator.dataDir));
    raw.prepare('delete from document_update where document = ? and seq = 2').run(document);
    raw.exec(`update forum set data = '{"title":1}'`);
    raw.close();
    const { code, out, err } = await operator.run(['verify', '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const { problems } = JSON.parse(out) as { problems: string[] };
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toContain(`${document}: update 2 is missing`);
    expect(problems.join('\n')).toContain('board/damaged00 cannot be read');
    expect(problems.join('\n')).toContain('is damaged in the database');
  });

  test('[Y25] verify names a damaged version, one that is not in the log and one of another document', async () => {
    const { document } = await makeForum();
    await write(document, UPDATE);
    const storage = await openStorage({ dataDir: operator.dataDir, databaseUrl: undefined });
    const version = { from: 1, at: 1, seats: [null], isBeforeRestore: true, cuts: [] };
    const other = new Y.Doc();
    other.getText('t').insert(0, 'Wells');
    await storage.documents.keepVersion(document, { ...version, seq: 1, state: UPDATE });
    expect((await operator.run(['verify', '--json'])).code).toBe(0);
    await storage.documents.keepVersion(document, { ...version, seq: 1, state: UPDATE.subarray(0, -4) });
    await storage.documents.keepVersion(document, { ...version, seq: 2, state: UPDATE });
    const board = 'board/00000000' as DocumentName; // sorts before whatever id the forum's room was given
    await storage.documents.read(board);
    await storage.documents.append([{ document: board, seq: 1, update: UPDATE, seat: null, at: 1 }]);
    await storage.documents.keepVersion(board, { ...version, seq: 1, state: Y.encodeStateAsUpdate(other) });
    await storage.close();
    const { code, out } = await operator.run(['verify', '--json']);
    const { problems, versions } = JSON.parse(out) as { problems: string[]; versions: number };
    expect([code, versions, problems.length]).toEqual([1, 3, 3]);
    expect(problems[0]).toBe(`${board}: version 1: is not what the updates give`);
    expect(problems[1]).toContain(`${document}: version 1: `);
    expect(problems[2]).toBe(`${document}: version 2: is not in the log`);
  });
});

/** A backup of a database that has had a change this version does not know. */
function newer(path: string): void {
  const raw = new Sqlite(path);
  raw.exec(`create table dastarkhan_migration (name text primary key, timestamp text);
    insert into dastarkhan_migration values ('9999-later', '2030-01-01')`);
  raw.close();
}

function damaged(path: string): void {
  const raw = new Sqlite(path);
  raw.exec('create table a (b text); create index c on a (b)');
  raw.exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < 2000)
    insert into a select printf('%080d', i) from n`);
  raw.close();
  const bytes = readFileSync(path);
  bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 4_096);
  writeFileSync(path, bytes);
}
