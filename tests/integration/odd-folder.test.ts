import { spawn } from 'node:child_process';
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
import { afterAll, expect, test } from 'vitest';
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
  { timeout: 300_000 },
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
