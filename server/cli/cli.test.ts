import { existsSync, readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { lockDataDir } from '#server/storage/lock.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { expectOneLine, FORUM, Operator } from './operator.sample.ts';

const operator = new Operator();

describe('the commands', () => {
  test('are listed by --help, and when there is none or an unknown one', async () => {
    const [help, none, unknown] = await Promise.all([
      operator.run(['--help']),
      operator.run([]),
      operator.run(['forum', 'destroy']),
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
    expect(existsSync(operator.dataDir)).toBe(false);
  });

  test('say how they are used', async () => {
    const [help, option, missing, extra] = await Promise.all([
      operator.run(['forum', 'create', '--help']),
      operator.run(['forum', 'create', '--jsn', 'x.json']),
      operator.run(['backup']),
      operator.run(['restore', 'a', 'b']),
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
    const { code, out, err } = await operator.run(['verify'], { env });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expectOneLine(err);
    expect(err).toContain(name);
  });

  test('refuse a data operator.folder that is a file in one line', async () => {
    writeFileSync(operator.dataDir, '');
    for (const args of [['verify'], ['forum', 'create', operator.file('forum.json', FORUM)]]) {
      const { code, out, err } = await operator.run(args);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expectOneLine(err);
      expect(err).toContain('is not a folder');
    }
  });
});

test.each([
  ['account', 'list'],
  ['account', 'delete', '--email', 'aida@example.org'],
  ['account', 'invite-organizer', 'a-forum'],
  ['outcome', 'export', 'a-forum'],
  ['verify'],
  ['backup', 'copy.db'],
])('what looks into a database says that a mistyped folder has none, and makes none: %s %s', async (...args) => {
  const { code, err } = await operator.run(args);
  expect([code, err]).toEqual([1, expect.stringMatching(/^dastarkhan: there is no database in [^\n]+\n$/)]);
  expect(existsSync(operator.dataDir)).toBe(false);
});

test('several processes may start on a new data operator.folder at once', async () => {
  const files = [1, 2, 3].map((nth) => operator.file(`forum${nth}.json`, { ...FORUM, title: `Forum ${nth}` }));
  const started = await Promise.all(files.map((file) => operator.run(['forum', 'create', file])));
  for (const { code, err } of started) expect({ code, err }).toEqual({ code: 0, err: '' });
});

describe('forum create', () => {
  test('says what its file needs, with an example that makes a forum', async () => {
    const help = await operator.run(['forum', 'create', '--help']);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toMatch(/Needed: title, and from/);
    const example = help.out.slice(help.out.indexOf('\n{'));
    const [whole, needed] = [operator.file('example.json', JSON.parse(example)), { title: 'A', from: '2027-05-20' }];
    const made = await operator.run(['forum', 'create', whole, '--json']);
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(made.out)).toMatchObject({
      workshops: [{ rooms: [{ name: 'Upstream' }, { name: 'Downstream' }] }],
    });
    expect(await operator.run(['forum', 'create', operator.file('least.json', needed)])).toMatchObject({ code: 0 });
  });

  test('prints exactly what others rely on', async () => {
    const env = { ORIGIN: 'https://forum.example' };
    const { code, out, err } = await operator.run(['forum', 'create', operator.file('f.json', FORUM), '--json'], {
      env,
    });
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
    const storage = await openStorage({ dataDir: operator.dataDir, databaseUrl: undefined });
    expect((await storage.forums.bySlug('forum-chteniya'))?.title).toBe(FORUM.title);
    await storage.close();
  });

  test('reads standard input, works twice, and works beside a server', async () => {
    await operator.run(['forum', 'create', operator.file('forum.json', FORUM)]);
    const lock = lockDataDir(operator.dataDir);
    const second = await operator.run(['forum', 'create', '-'], { stdin: JSON.stringify(FORUM) });
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
    const { code, out, err } = await operator.run(['forum', 'create', operator.file('f.json', content), '--json']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expectOneLine(err);
    expect(err).toContain(reason);
    expect(existsSync(operator.dataDir)).toBe(false);
  });

  test('refuses a file that is not there', async () => {
    const { code, err } = await operator.run(['forum', 'create', join(operator.folder, 'none.json')]);
    expect(code).toBe(1);
    expectOneLine(err);
    expect(err).toContain('cannot be read');
  });
});

describe('account create', () => {
  test('takes the password from standard input, and an address once', async () => {
    const args = ['account', 'create', '--email', 'A@example.org', '--name', 'Aigul', '--json'];
    const made = await operator.run(args, { stdin: 'a table with bread\n' });
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(made.out)).toMatchObject({ email: 'a@example.org', name: 'Aigul' });
    expect(made.out).not.toContain('bread');
    const again = await operator.run([...args, '--password', 'a table with bread']);
    expect(again).toMatchObject({ code: 1, out: '' });
    expectOneLine(again.err);
  });

  test('refuses a short password and a missing name', async () => {
    const short = await operator.run([
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
    expect((await operator.run(['account', 'create', '--email', 'a@example.org'])).code).toBe(2);
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
    const imported = await operator.run(['outcome', 'import', operator.file('post.json', POST), '--json']);
    expect(imported.code).toBe(0);
    const { slug, organizerLink } = JSON.parse(imported.out) as { slug: string; organizerLink: string };
    expect(organizerLink).toMatch(/\/invite\/[a-z2-7]{40}$/);
    const out = join(operator.folder, 'files');
    const args = ['outcome', 'export', slug, '--format', 'html,md,json,wordpress,csv', '--lang', 'en', '--out', out];
    const exported = await operator.run([...args, '--json']);
    expect(exported).toMatchObject({ code: 0, err: '' });
    const { files } = JSON.parse(exported.out) as { files: string[] };
    expect(files).toHaveLength(5);
    for (const path of files) {
      const text = readFileSync(path, 'utf8');
      expect(text).toContain('Open a reading room in every village');
      expect(text).toContain('Lend books by bus');
    }
  });

  test('[S38] an outcome with more rooms than a workshop may have is refused in a line, and nothing of it is kept', async () => {
    const made = await operator.run(['outcome', 'import', operator.file('post.json', POST), '--json']);
    const { slug } = JSON.parse(made.out) as { slug: string };
    await operator.run(['outcome', 'export', slug, '--format', 'wordpress', '--out', operator.folder]);
    const post = readFileSync(join(operator.folder, `${slug}.wordpress.json`), 'utf8');
    const most = LIMITS.roomsOfWorkshop.most;
    const withRooms = (count: number) =>
      post.replace(/<span class=[^>]*-room[^>]*>.*?<\/span>/, (room) => Array(count).fill(room).join('; '));
    expect(withRooms(most)).not.toBe(post);
    const same = await operator.run(['outcome', 'import', operator.file('same.json', withRooms(most))]);
    expect(same.code, same.err).toBe(0);
    const oneMore = withRooms(most + 1);
    const imported = await operator.run(['outcome', 'import', operator.file('more.json', oneMore)]);
    expect(imported).toMatchObject({ code: 1, out: '' });
    expectOneLine(imported.err);
    expect(imported.err).toContain('at most 60');
  });

  test('[O65] a format that fails takes no other along, and what a file lacks is named with its clause', async () => {
    const odd = { ...POST, content: { rendered: POST.content.rendered.replace('by bus', 'by bus \uf0b7 👍') } };
    const imported = await operator.run(['outcome', 'import', operator.file('post.json', odd), '--json']);
    const { slug } = JSON.parse(imported.out) as { slug: string };
    const out = join(operator.folder, 'files');
    mkdirSync(join(out, `${slug}.docx`), { recursive: true });
    const exported = await operator.run(['outcome', 'export', slug, '--out', out]);
    expect(exported.code).toBe(1);
    expect(exported.out.trim().split('\n')).toHaveLength(6);
    const lines = exported.err.trim().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toBe(`dastarkhan: ${slug}.pdf: 1 sign in 1.2 could not be printed: U+F0B7`);
    expect(lines[1]).toContain(`${slug}.docx cannot be written`);
    const report = await operator.run(['outcome', 'export', slug, '--out', out, '--json', '--format', 'docx,html']);
    expect(report.code).toBe(1);
    expect(JSON.parse(report.out)).toMatchObject({ files: [join(out, `${slug}.html`)], failed: [{ format: 'docx' }] });
  });

  test('what cannot be imported or exported is refused in one line, and nothing is made', async () => {
    const empty = { ...POST, content: { rendered: '<p>We met.</p>' } };
    await operator.run(['forum', 'create', operator.file('forum.json', FORUM)]);
    const [bare, unknown, format] = await Promise.all([
      operator.run(['outcome', 'import', operator.file('post.json', empty)]),
      operator.run(['outcome', 'export', 'nowhere', '--out', join(operator.folder, 'files')]),
      operator.run(['outcome', 'export', 'nowhere', '--format', 'pdf,odt']),
    ]);
    expect([bare.code, unknown.code, format.code]).toEqual([1, 1, 2]);
    expectOneLine(bare.err);
    expect(bare.err).toContain('no recommendations');
    expectOneLine(unknown.err);
    expect(unknown.err).toContain('no such forum');
    expect(format.err).toContain('no format “odt”');
    expect(existsSync(join(operator.folder, 'files'))).toBe(false);
  });
});
