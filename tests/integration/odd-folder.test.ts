import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { isBuilt } from '../faults/hall.ts';
import { until } from './sync-rig.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHECKOUT = [
  'package.json',
  'package-lock.json',
  'svelte.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'server',
  'src',
  'static',
];
/** Builds the pages there too, which takes half a minute; they are built in any case when they are older than their sources. */
const ALSO_BUILD = process.env.ODD_BUILD !== undefined;

const scratch = mkdtempSync(join(tmpdir(), 'dastarkhan-odd-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test.skipIf(!isBuilt || process.platform === 'win32')(
  '[U8] the program starts from a folder named “a #%? б”',
  async () => {
    const folder = join(scratch, 'a #%? б');
    mkdirSync(folder);
    for (const name of ALSO_BUILD ? CHECKOUT : [...CHECKOUT, 'build']) {
      cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const env = { ...process.env, PORT: '0', HOST: '127.0.0.1', ORIGIN: '', DATA_DIR: join(scratch, 'data') };
    const npm = spawn('npm', ['start'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    npm.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    const ended = new Promise<number | null>((resolve) => npm.once('exit', resolve));
    let origin = '';
    try {
      origin = await new Promise<string>((resolve, reject) => {
        createInterface({ input: npm.stdout }).on('line', (line) => {
          if (line.startsWith('ready ')) resolve(line.slice('ready '.length));
        });
        void ended.then((code) => reject(new Error(`ended with ${code}: ${stderr}`)));
      });
      const page = await fetch(origin);
      expect(page.status).toBe(200);
      const [script] = /_app\/immutable\/[^"']+\.js/.exec(await page.text()) ?? [];
      expect((await fetch(`${origin}/${script}`)).status).toBe(200);
    } finally {
      npm.kill('SIGTERM');
    }
    await ended; // npm ends by the signal itself
    await until(
      () =>
        fetch(origin).then(
          () => false,
          () => true,
        ),
      'the server has ended too',
    );
    expect(readdirSync(join(scratch, 'data'))).toContain('dastarkhan.db');
  },
);

test('[U8] what cannot be built where it lies is built beside a plain name, which is gone afterwards', async () => {
  // plain JavaScript without types, because it runs before anything is installed
  const { canBuildIn, inPlainFolder } = (await import('../../server/plain-folder.mjs' as string)) as {
    canBuildIn(folder: string): boolean;
    inPlainFolder<T>(root: string, names: readonly string[], work: (folder: string) => T): T;
  };
  expect(['/home/a b', '/home/б', 'C:\\Program Files (x86)\\x'].filter((folder) => !canBuildIn(folder))).toEqual([]);
  expect(['/a#b', '/a?b', '/a%20b'].filter(canBuildIn)).toEqual([]);
  const from = join(scratch, 'c#');
  mkdirSync(join(from, 'deep'), { recursive: true });
  writeFileSync(join(from, 'deep/file'), 'words');
  symlinkSync('deep/file', join(from, 'linked'));
  let plain = '';
  const read = inPlainFolder(from, ['deep', 'linked'], (folder) => {
    plain = folder;
    expect(canBuildIn(folder)).toBe(true);
    return [readFileSync(join(folder, 'deep/file'), 'utf8'), readFileSync(join(folder, 'linked'), 'utf8')];
  });
  expect(read).toEqual(['words', 'words']);
  expect(existsSync(plain)).toBe(false);
  expect(() =>
    inPlainFolder(from, ['deep'], (folder) => {
      plain = folder;
      throw new Error('not built');
    }),
  ).toThrow('not built');
  expect(existsSync(plain)).toBe(false);
});

test('[U19] two that are started at once in a folder set it up one after the other, and nobody waits for one that was ended', async () => {
  const folder = join(scratch, 'two');
  mkdirSync(folder);
  // each notes when it comes and goes, and ends by an exit in the middle of its work as a failed install does
  const script = `
    import { appendFileSync } from 'node:fs';
    import { alone } from ${JSON.stringify(pathToFileURL(join(ROOT, 'server/one-setup.mjs')).href)};
    const note = (line) => appendFileSync('notes', line + '\\n');
    const wait = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
    alone(process.cwd(), () => { note('in'); wait(300); note('out'); process.exit(0); }, () => note('waits'));`.replaceAll(
    '\\\\',
    '\\',
  );
  const start = () =>
    new Promise<number | null>((resolve) =>
      spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: folder }).once('exit', resolve),
    );
  expect(await Promise.all([start(), start(), start()])).toEqual([0, 0, 0]);
  const notes = readFileSync(join(folder, 'notes'), 'utf8').trim().split('\n');
  expect(notes.filter((note) => note !== 'waits')).toEqual(['in', 'out', 'in', 'out', 'in', 'out']);
  expect(notes).toContain('waits');

  const { pid } = spawnSync(process.execPath, ['-e', '']);
  mkdirSync(join(folder, '.dastarkhan-setup'));
  writeFileSync(join(folder, '.dastarkhan-setup', 'pid'), String(pid));
  expect(await start()).toBe(0);
  mkdirSync(join(folder, '.dastarkhan-setup'));
  writeFileSync(join(folder, '.dastarkhan-setup', 'pid'), String(process.pid));
  const { alone } = (await import('../../server/one-setup.mjs' as string)) as {
    alone(root: string, work: () => void, onWait: () => void, patience: number): boolean;
  };
  const work = vi.fn();
  expect(alone(folder, work, () => undefined, 300)).toBe(false);
  expect(work).not.toHaveBeenCalled();
});
