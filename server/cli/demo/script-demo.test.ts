import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Operator } from '#server/cli/operator.sample.ts';
import { scriptFromLibrary } from '#server/script/given-script.ts';
import { isPlayable } from '#domain/script/step.ts';
import type { ScriptSummary } from './script-summary.ts';

const operator = new Operator();
const SCRIPT = 'drafting-group-90';

test('a script is played to its end by people over real sockets of a real server, and one JSON says how it went', async () => {
  const asked = ['--script', SCRIPT, '--people', '9', '--rooms', '2', '--speed', '300', '--json'];
  const { code, out, err } = await operator.run(['demo', ...asked], { env: { PORT: '0' } });
  expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining('outcome ') });
  const told = JSON.parse(out) as ScriptSummary;
  expect(Object.keys(told).sort()).toEqual(
    [
      ...[
        'script',
        'people',
        'rooms',
        'steps',
        'moves',
        'repeatsMet',
        'aloneInLanguage',
        'ideas',
        'help',
        'broadcasts',
      ],
      ...['bytesPerSeat', 'bytesTotal', 'converged', 'server', 'files'],
    ].sort(),
  );
  expect(told).toMatchObject({ script: SCRIPT, people: 9, rooms: 2, converged: true, repeatsMet: 0 });
  const { steps } = scriptFromLibrary(SCRIPT)!;
  expect(told.steps.map(({ id, kind, skipped = false }) => [id, kind, skipped])).toEqual(
    steps.map(({ id, kind }) => [id, kind, !isPlayable(kind)]),
  );
  const ran = told.steps.filter(({ skipped }) => !skipped);
  for (const [at, { startedAt, endedAt }] of ran.entries()) {
    expect(endedAt).toBeGreaterThan(startedAt!);
    if (at > 0) expect(startedAt).toBe(ran[at - 1]!.endedAt);
  }
  expect(told.ideas).toBeGreaterThan(0);
  expect(told.help).toBeGreaterThan(0);
  expect(told.broadcasts).toBeGreaterThan(0);
  const { p50, max } = told.bytesPerSeat;
  expect(p50).toBeGreaterThan(1_000);
  expect(max).toBeGreaterThanOrEqual(p50);
  expect(told.bytesTotal).toBeGreaterThan(p50 * 5);
  expect(told.server!.cpuMs).toBeGreaterThan(0);
  expect(told.server!.rssMb).toBeGreaterThan(10);
  expect(told.files).toHaveLength(6);
  for (const file of told.files) expect(existsSync(file)).toBe(true);
});

test('what cannot be is refused in a line that says what can', async () => {
  const { code, out, err } = await operator.run(['demo', '--script', 'no-such', '--json']);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toMatch(/^dastarkhan: --script must be one of 1-2-4-all-12, .*, not “no-such”\nusage: dastarkhan demo /);
  expect(existsSync(operator.dataDir)).toBe(false);
});
