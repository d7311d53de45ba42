import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ServerProcess } from '../rig/server-process.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-compiled-'));
const server = new ServerProcess({ NODE_COMPILE_CACHE: folder });

afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true });
});

test('what a server has compiled is kept once it is ready, also when it is killed then', async () => {
  await server.start();
  await server.kill();
  const [version = ''] = readdirSync(folder);
  expect(readdirSync(join(folder, version)).length).toBeGreaterThan(300);
});

test('it is kept beside the build, and what is started from here looks there too', () => {
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  const script =
    'await import("./server/process/keep-compiled.ts").then((m) => m.keepCompiled()); console.log(process.env.NODE_COMPILE_CACHE)';
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: root, env }).toString();
  expect(printed.trim()).toBe(join(root, 'build/compiled'));
});
