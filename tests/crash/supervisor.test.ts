import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { until } from '../integration/sync-rig.ts';

const SUPERVISE = join(import.meta.dirname, '../../server/process/supervise.ts');
const TOLD = join(import.meta.dirname, 'children/told.mjs');

let folder = '';
let supervisor: ChildProcess;
let stderr = '';
let stdout = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dastarkhan-lives-'));
  stderr = stdout = '';
});
afterEach(() => {
  supervisor.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function supervise(what: string): void {
  const { PORT: _, ...env } = process.env;
  supervisor = spawn(process.execPath, [SUPERVISE, '--max-semi-space-size=8', TOLD, join(folder, 'lives'), what], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env,
  });
  supervisor.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  supervisor.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
}

function lives(): { pid: number; port: string }[] {
  const file = join(folder, 'lives');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return lines.map((line) => ({ pid: Number(line.split(' ')[0]), port: line.split(' ')[1] ?? '' }));
}

const readied = () => stdout.split('\n').filter((line) => line === 'ready').length;
const runs = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('[U3] a server that dies is started again, on the port that it had, as often as it dies', async () => {
  supervise('runs');
  for (let life = 1; life <= 4; life += 1) {
    await until(() => readied() === life, 'it is ready');
    process.kill(lives().at(-1)!.pid, 'SIGKILL');
  }
  await until(() => readied() === 5, 'it is ready again');
  expect(lives().map(({ port }) => port)).toEqual(['', '4711', '4711', '4711', '4711']);
  expect(stderr.match(/ended unexpectedly \(code 137\) and is started again/g)).toHaveLength(4);
});

test('[U4] a server that is never ready is given up with words and its own exit code', async () => {
  supervise('cannot start');
  const [code] = await once(supervisor, 'exit');
  expect(code).toBe(70);
  expect(lives()).toHaveLength(5);
  expect(stderr).toContain('again and again before it was ready');
});

test('[U4] what only the operator can mend is not tried again', async () => {
  supervise('is set wrongly');
  const [code] = await once(supervisor, 'exit');
  expect(code).toBe(1);
  expect(lives()).toHaveLength(1);
  expect(stderr).toBe('');
});

test('[U5] a signal ends both, with the exit code of the server', async () => {
  supervise('runs');
  await until(() => readied() === 1, 'it is ready');
  supervisor.kill('SIGTERM');
  const [code] = await once(supervisor, 'exit');
  expect(code).toBe(0);
  expect(runs(lives()[0]!.pid)).toBe(false);
  expect(lives()).toHaveLength(1);
});

test('[U5] a supervisor that is killed leaves no server behind', async () => {
  supervise('runs');
  await until(() => readied() === 1, 'it is ready');
  supervisor.kill('SIGKILL');
  await until(() => !runs(lives()[0]!.pid), 'the server has ended');
  expect(lives()).toHaveLength(1);
});
