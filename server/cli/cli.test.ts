import Sqlite from 'better-sqlite3';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { DocumentName } from '#protocol/document-name.ts';
import { lockDataDir } from '#server/storage/lock.ts';
import { databaseFile, openStorage } from '#server/storage/open-storage.ts';

const BIN = join(import.meta.dirname, 'dastarkhan.mjs');
const FORUM = {
  title: 'Форум чтения',
  language: 'ru',
  from: '2026-05-14',
  agenda: [{ kind: 'workshop', title: 'Workshop', rooms: [{ name: 'One' }, { name: 'Two' }] }],
};

let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dastarkhan-cli-'));
  dataDir = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number;
  out: string;
  err: string;
}

/** A real process, as an operator starts it. */
function dastarkhan(args: string[], more: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, DATA_DIR: dataDir, PORT: '4111', ...more.env };
    const child = execFile(process.execPath, [BIN, ...args], { env, cwd: folder }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
    });
    child.stdin?.end(more.stdin ?? '');
  });
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const line = (text: string) => expect(text.trimEnd()).toMatch(/^dastarkhan: [^\n]+$/);

async function makeForum(): Promise<{ slug: string; document: DocumentName; organizerLink: string }> {
  const { out, err } = await dastarkhan(['forum', 'create', file('forum.json', FORUM), '--json']);
  if (err) throw new Error(err);
  const made = JSON.parse(out) as {
    slug: string;
    organizerLink: string;
    workshops: { rooms: { document: DocumentName }[] }[];
  };
  return { slug: made.slug, organizerLink: made.organizerLink, document: made.workshops[0]!.rooms[0]!.document };
}

async function write(document: DocumentName, ...updates: Uint8Array[]): Promise<string> {
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
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

describe('the commands', () => {
  test('are listed by --help, and when there is none or an unknown one', async () => {
    const [help, none, unknown] = await Promise.all([
      dastarkhan(['--help']),
      dastarkhan([]),
      dastarkhan(['forum', 'destroy']),
    ]);
    expect([help.code, none.code, unknown.code]).toEqual([0, 2, 2]);
    expect(unknown.err).toContain('there is no command “forum destroy”');
    for (const text of [help.out, none.out, unknown.err]) {
      for (const name of [
        'demo',
        'account create',
        'forum create',
        'outcome import',
        'outcome export',
        'backup',
        'restore',
        'verify',
      ]) {
        expect(text).toContain(name);
      }
    }
    expect(unknown.out).toBe('');
    expect(existsSync(dataDir)).toBe(false);
  });

  test('say how they are used', async () => {
    const [help, option, missing, extra] = await Promise.all([
      dastarkhan(['forum', 'create', '--help']),
      dastarkhan(['forum', 'create', '--jsn', 'x.json']),
      dastarkhan(['backup']),
      dastarkhan(['restore', 'a', 'b']),
    ]);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toContain('forum create <file.json> [--json]');
    for (const wrong of [option, missing, extra]) {
      expect(wrong.code).toBe(2);
      expect(wrong.out).toBe('');
      expect(wrong.err).toMatch(/^dastarkhan: .+\nusage: dastarkhan .+\n$/);
    }
    expect(option.err).toContain('--jsn');
  });

  test.each([
    [{ PORT: 'http' }, 'PORT'],
    [{ ORIGIN: 'forum.example' }, 'ORIGIN'],
  ])('refuse the setting %j in one line', async (env, name) => {
    const { code, out, err } = await dastarkhan(['verify'], { env });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    line(err);
    expect(err).toContain(name);
  });

  test('refuse a data folder that is a file in one line', async () => {
    writeFileSync(dataDir, '');
    for (const args of [['verify'], ['forum', 'create', file('forum.json', FORUM)]]) {
      const { code, out, err } = await dastarkhan(args);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      line(err);
      expect(err).toContain('is not a folder');
    }
  });
});

test('several processes may start on a new data folder at once', async () => {
  const started = await Promise.all([1, 2, 3].map(() => dastarkhan(['verify'])));
  for (const { code, err } of started) expect({ code, err }).toEqual({ code: 0, err: '' });
});

describe('forum create', () => {
  test('prints exactly what others rely on', async () => {
    const env = { ORIGIN: 'https://forum.example' };
    const { code, out, err } = await dastarkhan(['forum', 'create', file('f.json', FORUM), '--json'], { env });
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const made = JSON.parse(out) as { workshops: { rooms: { id: string }[] }[] };
    expect(made).toEqual({
      forumId: expect.stringMatching(/^[a-z0-9]{16}$/) as string,
      slug: 'forum-chteniya',
      joinCode: expect.stringMatching(/^[2-9A-HJKMNP-Z]{8}$/) as string,
      organizerLink: expect.stringMatching(/^https:\/\/forum\.example\/invite\/[a-z2-7]{40}$/) as string,
      workshops: [
        {
          id: expect.stringMatching(/^[a-z0-9]{16}$/) as string,
          rooms: ['One', 'Two'].map((name) => ({
            id: expect.stringMatching(/^[a-z0-9]{16}$/) as string,
            name,
            document: expect.stringMatching(/^board\/[a-z0-9]{16}$/) as string,
          })),
        },
      ],
    });
    const storage = await openStorage({ dataDir, databaseUrl: undefined });
    expect((await storage.forums.bySlug('forum-chteniya'))?.title).toBe(FORUM.title);
    await storage.close();
  });

  test('reads standard input, works twice, and works beside a server', async () => {
    await makeForum();
    const lock = lockDataDir(dataDir);
    const second = await dastarkhan(['forum', 'create', '-'], { stdin: JSON.stringify(FORUM) });
    lock.release();
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toContain('http://localhost:4111/forums/forum-chteniya-2');
    expect(second.out).toMatch(/join code {2}[2-9A-Z]{4}-[2-9A-Z]{4} /);
  });

  test.each<[string, unknown, string]>([
    [
      'a field of the wrong kind',
      { ...FORUM, agenda: [{ kind: 'panel', title: 'A', links: [{ kind: 'video', url: 'x' }] }] },
      'agenda[0].links[0].url must be',
    ],
    ['a missing field', { from: '2026-05-14' }, 'title is missing'],
    ['an unknown field', { ...FORUM, colour: 'red' }, 'colour is not a field'],
    ['half a file', '{"title": "A", ', 'is not JSON'],
    ['an empty file', '', 'is not JSON'],
  ])('refuses %s in one line that names it', async (_, content, reason) => {
    const { code, out, err } = await dastarkhan(['forum', 'create', file('f.json', content), '--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    line(err);
    expect(err).toContain(reason);
    expect(existsSync(dataDir)).toBe(false);
  });

  test('refuses a file that is not there', async () => {
    const { code, err } = await dastarkhan(['forum', 'create', join(folder, 'none.json')]);
    expect(code).toBe(1);
    line(err);
    expect(err).toContain('cannot be read');
  });
});

describe('account create', () => {
  test('takes the password from standard input, and an address once', async () => {
    const args = ['account', 'create', '--email', 'A@example.org', '--name', 'Aigul', '--json'];
    const made = await dastarkhan(args, { stdin: 'a table with bread\n' });
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(made.out)).toMatchObject({ email: 'a@example.org', name: 'Aigul' });
    expect(made.out).not.toContain('bread');
    const again = await dastarkhan([...args, '--password', 'a table with bread']);
    expect(again).toMatchObject({ code: 1, out: '' });
    line(again.err);
  });

  test('refuses a short password and a missing name', async () => {
    const short = await dastarkhan([
      'account',
      'create',
      '--email',
      'a@example.org',
      '--name',
      'A',
      '--password',
      'short',
    ]);
    expect(short.code).toBe(1);
    expect(short.err).toContain('at least 10 characters');
    expect((await dastarkhan(['account', 'create', '--email', 'a@example.org'])).code).toBe(2);
  });
});

describe('outcome import and export', () => {
  const POST = {
    date: '2025-06-02T09:00:00',
    link: 'https://old.example/reading',
    title: { rendered: 'Libraries agree' },
    content: {
      rendered: `<p>The forum &#8220;Reading for All&#8221; met in Osh on 20 May 2025.</p>
        <h2>Recommendations</h2><p><strong>1. Village libraries</strong></p>
        <ul><li>Open a reading room in every village;</li><li>Lend books by bus.</li></ul>`,
    },
  };

  test('an earlier outcome becomes a forum, whose files hold its recommendations', async () => {
    const imported = await dastarkhan(['outcome', 'import', file('post.json', POST), '--json']);
    expect(imported.code).toBe(0);
    const { slug, organizerLink } = JSON.parse(imported.out) as { slug: string; organizerLink: string };
    expect(organizerLink).toMatch(/\/invite\/[a-z2-7]{40}$/);
    const out = join(folder, 'files');
    const args = ['outcome', 'export', slug, '--format', 'html,md,json,wordpress,csv', '--lang', 'en', '--out', out];
    const exported = await dastarkhan([...args, '--json']);
    expect(exported).toMatchObject({ code: 0, err: '' });
    const { files } = JSON.parse(exported.out) as { files: string[] };
    expect(files).toHaveLength(5);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      expect(text).toContain('Open a reading room in every village');
      expect(text).toContain('Lend books by bus');
    }
  });

  test('what cannot be imported or exported is refused in one line, and nothing is made', async () => {
    const empty = { ...POST, content: { rendered: '<p>We met.</p>' } };
    const [bare, unknown, format] = await Promise.all([
      dastarkhan(['outcome', 'import', file('post.json', empty)]),
      dastarkhan(['outcome', 'export', 'nowhere', '--out', join(folder, 'files')]),
      dastarkhan(['outcome', 'export', 'nowhere', '--format', 'pdf,odt']),
    ]);
    expect([bare.code, unknown.code, format.code]).toEqual([1, 1, 2]);
    line(bare.err);
    expect(bare.err).toContain('no recommendations');
    line(unknown.err);
    expect(unknown.err).toContain('no such forum');
    expect(format.err).toContain('no format “odt”');
    expect(existsSync(join(folder, 'files'))).toBe(false);
  });
});

describe('backup, restore and verify', () => {
  test('a backup made beside a server brings everything back, with new lineages', async () => {
    const { slug, document } = await makeForum();
    const lineage = await write(document, UPDATE);
    const server = lockDataDir(dataDir);
    const backup = join(folder, 'one.backup');
    expect(await dastarkhan(['backup', backup])).toMatchObject({ code: 0, err: '' });
    server.release();
    expect(readdirSync(folder).filter((name) => name.startsWith('one.'))).toEqual(['one.backup']);

    rmSync(dataDir, { recursive: true });
    const restored = await dastarkhan(['restore', backup, '--json']);
    expect(restored).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(restored.out)).toEqual({ documents: 1, keptAside: null });

    const verified = await dastarkhan(['verify', '--json']);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(verified.out)).toMatchObject({ forums: 1, documents: 1, updates: 1, problems: [] });
    const storage = await openStorage({ dataDir, databaseUrl: undefined });
    expect((await storage.forums.bySlug(slug))?.title).toBe(FORUM.title);
    const stored = await storage.documents.read(document);
    expect(stored.updates).toEqual([UPDATE]);
    expect(stored.lineage).not.toBe(lineage);
    await storage.close();
  });

  test('a restore keeps the old database aside, each time', async () => {
    await makeForum();
    const backup = join(folder, 'one.backup');
    await dastarkhan(['backup', backup]);
    await makeForum();
    for (const documents of [0, 0]) {
      const { out, code } = await dastarkhan(['restore', backup, '--json']);
      expect(code).toBe(0);
      const { keptAside, ...rest } = JSON.parse(out) as { keptAside: string };
      expect(rest).toEqual({ documents });
      expect(statSync(keptAside).isFile()).toBe(true);
    }
    const aside = readdirSync(dataDir)
      .filter((name) => /\.before-[^.]+$/.test(name))
      .toSorted();
    expect(aside).toHaveLength(2);
    const first = new Sqlite(join(dataDir, aside[0]!), { readonly: true });
    expect(first.prepare('select count(*) from forum').pluck().get()).toBe(2);
    first.close();
    const verified = await dastarkhan(['verify']);
    expect(verified.out).toContain('1 forums');
    expect(verified.out).toContain('everything holds together');
  });

  test('a restore is refused while a server runs, and nothing changes', async () => {
    await makeForum();
    const backup = join(folder, 'one.backup');
    await dastarkhan(['backup', backup]);
    const server = lockDataDir(dataDir);
    const before = readFileSync(databaseFile(dataDir));
    const { code, out, err } = await dastarkhan(['restore', backup]);
    server.release();
    expect({ code, out }).toEqual({ code: 1, out: '' });
    line(err);
    expect(err).toContain(`in use by a server (process ${process.pid})`);
    expect(readFileSync(databaseFile(dataDir)).equals(before)).toBe(true);
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
    const path = join(folder, 'some.backup');
    make(path);
    const { code, out, err } = await dastarkhan(['restore', path]);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    line(err);
    expect(err).toContain(reason);
    expect(readdirSync(dataDir).filter((name) => /restoring|before/.test(name))).toEqual([]);
    expect((await dastarkhan(['verify'])).out).toContain('1 forums');
  });

  test('a backup is refused where it cannot be written, or of nothing', async () => {
    const nothing = await dastarkhan(['backup', join(folder, 'x')]);
    expect(nothing.code).toBe(1);
    line(nothing.err);
    await makeForum();
    for (const target of [databaseFile(dataDir), folder, join(folder, 'none', 'x')]) {
      const { code, err } = await dastarkhan(['backup', target]);
      expect(code).toBe(1);
      line(err);
    }
    expect((await dastarkhan(['verify'])).code).toBe(0);
  });

  test('verify names a missing update, one that is no update, and a damaged forum', async () => {
    const { document } = await makeForum();
    await write(document, UPDATE, UPDATE, UPDATE);
    await write('board/damaged00' as DocumentName, new Uint8Array([1, 2, 3]));
    const raw = new Sqlite(databaseFile(dataDir));
    raw.prepare('delete from document_update where document = ? and seq = 2').run(document);
    raw.exec(`update forum set data = '{"title":1}'`);
    raw.close();
    const { code, out, err } = await dastarkhan(['verify', '--json']);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    const { problems } = JSON.parse(out) as { problems: string[] };
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).toContain(`${document}: update 2 is missing`);
    expect(problems.join('\n')).toContain('board/damaged00 cannot be read');
    expect(problems.join('\n')).toContain('is damaged in the database');
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
