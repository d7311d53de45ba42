import { parseArgs } from 'node:util';
import { chromium, devices, type BrowserContext, type Page } from '@playwright/test';
import { BROWSER_FLAGS, findBrowser } from '../../browser.mjs';
import { forumOn, type MadeForum } from '../../e2e/forum-on.ts';
import { ServerProcess } from '../../rig/server-process.ts';
import { Scale, type Line, type Weighed } from './visit.ts';

/**
 * `npm run bench:weight`: what a phone on a slow network waits for and fetches from the scan to “Saved”, the first time and the second,
 * beside what it was when it was first weighed. Ends with 1 when something weighs more than it may.
 */

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    delay: { type: 'string', default: '400' },
    rate: { type: 'string', default: '50000' },
    slower: { type: 'string', default: '4' },
    json: { type: 'boolean', default: false },
  },
});
const line: Line = { rate: Number(values.rate), delay: Number(values.delay), slower: Number(values.slower) };

const IDEAS = 30; // on the board that is opened

/** As first weighed, before anything was done about it. */
const BEFORE = {
  'join, first visit': { field: 2_600, fonts: 55_000 },
  'board, first visit': { ready: 8_300, requests: 68, scripts: 130_000, shift: 0.14 },
} as const;

const SHIFT = 0.02;
const BOARD = { requests: 30, scripts: 90_000, shift: SHIFT };
/** What each may take at most. */
const MOST: Readonly<Record<string, Partial<Weighed>>> = {
  'join, first visit': { requests: 15, scripts: 45_000, shift: SHIFT },
  'board, first visit': BOARD,
  'board, without having joined there': BOARD,
  'board, second visit': { shift: SHIFT },
};

const field = (page: Page) => page.getByLabel('Your idea').first();
const saved = (page: Page) => page.getByText('Saved', { exact: true }).first().waitFor();

const server = new ServerProcess();
await server.start();
const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS });
const rounds: Record<string, Weighed[]> = {};
try {
  const forum = await forumOn(server);
  await openForWriting(await browser.newContext({ baseURL: server.origin, locale: 'en-GB' }), forum);
  for (let round = 0; round < Number(values.rounds); round += 1) {
    await visit(forum, round);
    await visitAlone(forum, round);
  }
} finally {
  await browser.close();
  await server.remove();
}
print();
const tooMuch = Object.entries(rounds).flatMap(([what, all]) => over(what, medianOf(all)));
for (const line of tooMuch) console.error(line);
if (tooMuch.length > 0) process.exitCode = 1;

async function visit(forum: MadeForum, round: number): Promise<void> {
  const context = await browser.newContext({ ...devices['Pixel 7'], baseURL: server.origin, locale: 'en-GB' });
  const page = await context.newPage();
  const scale = await Scale.under(page, line);
  const name = page.getByLabel('Your name');
  const isHydrated = () => page.waitForFunction(() => 'sveltekit:history' in ((history.state ?? {}) as object));
  const scan = () => page.goto(`/join/${forum.joinCode}`, { waitUntil: 'commit' });
  add('join, first visit', await scale.weigh(scan, () => name.waitFor(), isHydrated));
  await name.fill(`Guest ${round}`);
  const sit = () => page.getByRole('button', { name: 'Take your seat' }).click();
  add(
    'board, first visit',
    await scale.weigh(
      sit,
      () => field(page).waitFor(),
      () => saved(page),
    ),
  );
  await page.waitForTimeout(6_000); // the rest comes quietly
  const again = () => page.goto(forum.workshop, { waitUntil: 'commit' });
  add(
    'board, second visit',
    await scale.weigh(
      again,
      () => field(page).waitFor(),
      () => saved(page),
    ),
  );
  await context.close();
}

/** A seat that was taken elsewhere: nothing of the board was fetched while one joined. */
async function visitAlone(forum: MadeForum, round: number): Promise<void> {
  const context = await browser.newContext({ ...devices['Pixel 7'], baseURL: server.origin, locale: 'en-GB' });
  const data = { code: forum.joinCode, name: `Guest ${round} alone`, language: 'en' };
  await context.request.post(`${server.origin}/api/join`, { data });
  const page = await context.newPage();
  const scale = await Scale.under(page, line);
  add(
    'board, without having joined there',
    await scale.weigh(
      () => page.goto(forum.workshop, { waitUntil: 'commit' }),
      () => field(page).waitFor(),
      () => saved(page),
    ),
  );
  await context.close();
}

async function openForWriting(context: BrowserContext, forum: MadeForum): Promise<void> {
  const page = await context.newPage();
  await page.goto(forum.organizerPath);
  await page.getByLabel('Your name').first().fill('Alyona');
  await page.getByLabel('E-mail address').first().fill('alyona@example.org');
  await page.getByLabel('Password').first().fill('a sentence is long enough');
  await page.getByRole('button', { name: 'Create an account and accept' }).click();
  await page.waitForURL(/\/forums\//);
  await page.goto(`${forum.workshop}/control`);
  await page.getByRole('button', { name: 'Next: Write together' }).click();
  await page.getByRole('button', { name: 'Next: Close' }).waitFor();
  await page.goto(forum.workshop);
  await saved(page);
  for (let idea = 1; idea <= IDEAS; idea += 1) {
    await field(page).fill(`Idea ${idea}: a network of teachers who share what works, in each of our languages`);
    await field(page).press('Enter');
  }
  await saved(page);
  await context.close();
}

function add(what: string, weighed: Weighed): void {
  (rounds[what] ??= []).push(weighed);
}

function over(what: string, now: Weighed): string[] {
  return Object.entries(MOST[what] ?? {}).flatMap(([key, most]) => {
    const found = now[key as keyof Weighed];
    return found > most ? [`${what}: ${key} ${found}, at most ${most}`] : [];
  });
}

function print(): void {
  const medians = Object.entries(rounds).map(([what, all]) => [what, medianOf(all)] as const);
  if (values.json)
    return console.log(JSON.stringify({ line, before: BEFORE, now: Object.fromEntries(medians) }, null, 2));
  console.log(
    `${line.rate * 8} bit/s, ${line.delay} ms, ${line.slower} × slower processor; medians of ${values.rounds}\n` +
      '| | field | ready | requests | JavaScript | fonts | all | shift | of the worker |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  );
  for (const [what, now] of medians) {
    const before = BEFORE[what as keyof typeof BEFORE] as Partial<Weighed> | undefined;
    if (before) console.log(row(`${what}, before`, before));
    console.log(row(what, now));
  }
}

function row(what: string, w: Partial<Weighed>): string {
  const seconds = (ms?: number) => (ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`);
  const kilobytes = (bytes?: number) => (bytes === undefined ? '–' : `${Math.round(bytes / 1_000)} KB`);
  const cells = [what, seconds(w.field), seconds(w.ready), w.requests, kilobytes(w.scripts), kilobytes(w.fonts)];
  return `| ${[...cells, kilobytes(w.all), w.shift?.toFixed(3), w.worker].map((cell) => cell ?? '–').join(' | ')} |`;
}

function medianOf(all: readonly Weighed[]): Weighed {
  const keys = Object.keys(all[0]!) as (keyof Weighed)[];
  const median = (key: keyof Weighed) => all.map((each) => each[key]).toSorted((a, b) => a - b)[all.length >> 1]!;
  return Object.fromEntries(keys.map((key) => [key, median(key)])) as unknown as Weighed;
}
