import { afterEach, expect, test, vi } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '#domain/limits.ts';
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

const check = (script: unknown) => checkText(JSON.stringify(script));

async function checkText(text: string | Buffer) {
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-script-'));
  try {
    const file = join(folder, 'script.json');
    writeFileSync(file, text);
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

/** As deep as fits in a script's file. */
function nested(open: string, close: string): string {
  const depth = Math.floor((LIMITS.bytesOfScript.most - 100) / (open.length + close.length));
  return open.repeat(depth) + '0' + close.repeat(depth);
}

test.each<[string, string | Buffer, string]>([
  ['nothing', '', 'JSON: cannot be read: Unexpected end of JSON input'],
  ['no text', Buffer.from([0xff, 0xfe, 0x7b]), 'JSON: cannot be read: The encoded data was not valid.*'],
  ['no JSON', '{"script": 1,\n "title": oh}', 'JSON: cannot be read: Unexpected token .*'],
  ['signs that turn the line', '{"script": \u202e\u001b[31m', 'JSON: cannot be read: [^\\p{C}]*'],
  ['10 MB', JSON.stringify({ script: 1, note: 'x'.repeat(10_000_000) }), 'JSON: has more than 200000 bytes'],
  ['lists in lists', nested('[', ']'), 'JSON: must be an object'],
  [
    'texts in texts',
    `{"script":1,"steps":[{"kind":"close","minutes":null}],"title":${nested('{"en":', '}')}}`,
    'title.en: must be string, not Object',
  ],
  ['no object', '"script"', 'JSON: must be Object, not "script"'],
  ['a list', '[]', 'JSON: must be an object'],
  ['too many steps', JSON.stringify({ script: 1, steps: Array(9_000).fill(null) }), 'steps: has more than \\d+'],
])('[W69] a file that holds %s ends with 1 and one reason in a line', async (_, text, reason) => {
  const { code, answer } = await checkText(text);
  const { ok, problems } = answer as { ok: boolean; problems: { path: string; reason: string }[] };
  expect([code, ok, problems.length]).toEqual([1, false, 1]);
  expect(`${problems[0]!.path}: ${problems[0]!.reason}`).toMatch(new RegExp(`^${reason}$`, 'u'));
});

test('[W69] whatever stands where something else should is named in short, by its place', async () => {
  const own = JSON.parse('{"__proto__": {"minutes": 5}, "kind": "talk", "minutes": 5}') as unknown;
  const { code, answer } = await check({
    script: 1,
    title: { en: 'x' },
    steps: [
      { kind: `\u202e\u001b[2J${'x'.repeat(50_000)}`, minutes: 5 },
      { kind: 'talk', minutes: { valueOf: 5 }, instruction: { en: { en: [] } } },
      { id: 'a', kind: 'talk', minutes: 5, place: ['\u202erooms'] },
      own,
      [{ kind: 'talk', minutes: 5 }],
      { kind: 'talk', minutes: 5, settings: ['notes'] },
      { kind: 'talk', minutes: 5, title: ['Talk'] },
    ],
  });
  const { problems } = answer as { problems: { path: string; reason: string }[] };
  expect([code, problems.map(({ path }) => path)]).toEqual([
    1,
    [
      'steps[0].kind',
      'steps[1].instruction.en',
      'steps[1].minutes',
      'steps[2].place',
      'steps[3].__proto__',
      'steps[4]',
      'steps[5].settings',
      'steps[6].title',
    ],
  ]);
  for (const { reason } of problems) expect(reason).toMatch(/^[^\p{C}]{1,300}$/u);
});

test('[W69] the same id twice is named where it comes again', async () => {
  const step = (id: string) => ({ id, kind: 'talk', minutes: 5 });
  expect(await check({ script: 1, title: { en: 'x' }, steps: ['a', 'b', 'a', 'a'].map(step) })).toMatchObject({
    code: 1,
    answer: {
      problems: ['steps[2].id', 'steps[3].id'].map((path) => ({ path, kind: 'twice', reason: 'is used twice' })),
    },
  });
});

test('[W69] for people the first of many problems are told, and how many there are besides', async () => {
  const told = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-script-'));
  const file = join(folder, 'script.json');
  const title = Object.fromEntries(Array.from({ length: 300 }, (_, number) => [`No ${number}`, 'x']));
  writeFileSync(file, JSON.stringify({ script: 1, title, steps: [{ kind: 'talk', minutes: 5 }] }));
  expect(await scriptCheck.run([file], {} as never)).toBe(1);
  rmSync(folder, { recursive: true });
  const lines = told.mock.calls.map(([chunk]) => String(chunk));
  expect([lines.length, lines.at(-1)]).toEqual([51, 'and 251 more: --json names them all\n']);
});
