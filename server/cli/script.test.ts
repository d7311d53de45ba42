import { afterEach, expect, test, vi } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { library } from '#server/script/library.ts';
import type { Command } from './command.ts';
import { scriptCheck } from './commands/script-check.ts';
import { scriptList } from './commands/script-list.ts';

afterEach(() => vi.restoreAllMocks());

/** What a command prints with `--json`, and its exit code. */
async function run(command: Command, ...args: string[]) {
  const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const code = await command.run([...args, '--json'], {} as never);
  const text = out.mock.calls.map(([chunk]) => String(chunk)).join('');
  out.mockRestore();
  return { code, answer: JSON.parse(text) as unknown };
}

async function check(script: unknown) {
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-script-'));
  try {
    const file = join(folder, 'script.json');
    writeFileSync(file, JSON.stringify(script));
    return await run(scriptCheck, file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('[W69] the library is listed, and every script in it is checked as it is', async () => {
  const { code, answer } = await run(scriptList);
  expect(code).toBe(0);
  expect(answer).toMatchObject({
    scripts: library().map(({ id, steps }) => ({ id, steps: steps.map(({ kind }) => ({ kind })) })),
  });
  for (const script of library()) {
    expect(await check(script)).toMatchObject({
      code: 0,
      answer: { ok: true, steps: script.steps.length, problems: [] },
    });
  }
});

test('[W69] what is wrong ends with 1, each by its path and in words', async () => {
  const step = { kind: 'write', minutes: 0.5, settings: { colour: 'red' } };
  expect(await check({ script: 1, title: { en: 'x' }, steps: [step, { kind: 'close' }] })).toEqual({
    code: 1,
    answer: {
      ok: false,
      steps: null,
      minutes: null,
      problems: [
        { kind: 'whole', path: 'steps[0].minutes', reason: 'must be a whole number' },
        { kind: 'unknown', path: 'steps[0].settings.colour', reason: 'is unknown' },
        { kind: 'missing', path: 'steps[1].minutes', reason: 'is missing' },
      ],
      notPlayable: [],
    },
  });
});
