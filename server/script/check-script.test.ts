import { expect, test } from 'vitest';
import { minutesOf } from '#domain/script/step.ts';
import { checkScript } from './check-script.ts';
import { library } from './library.ts';

const script = (...steps: unknown[]) => ({ script: 1, title: { en: 'One river' }, steps });
const pathsOf = (json: unknown) => checkScript(json).problems.map(({ path }) => path);

test('[W69] every script of the library is one, has its minutes in its name, arrives first and closes last', () => {
  const scripts = library();
  expect(scripts).toHaveLength(13);
  for (const one of scripts) {
    expect(one.id.endsWith(`-${minutesOf(one.steps)}`), one.id).toBe(true);
    expect([one.steps[0]?.kind, one.steps.at(-1)?.kind]).toEqual(['arrive', 'close']);
    for (const texts of [one.title, ...one.steps.flatMap(({ title, instruction }) => [title, instruction])]) {
      if (texts) expect(Object.keys(texts), one.id).toEqual(['en', 'ru']);
    }
  }
});

test('[W69] unknown kinds, settings and fields are refused by their path, all in one go', () => {
  expect(pathsOf(script({ kind: 'dance', minutes: 3 }))).toEqual(['steps[0].kind']);
  expect(
    pathsOf(
      script(
        { kind: 'vote', minutes: 4, settings: { method: { kind: 'dots', each: 5, most: 2, colour: 'red' } } },
        { kind: 'write', minutes: 0.5, settings: { by: 'stars' } },
        { kind: 'close', minutes: null, wall: true },
        { kind: 'close' },
      ),
    ),
  ).toEqual([
    'steps[0].settings.method.colour',
    'steps[1].minutes',
    'steps[1].settings.by',
    'steps[2].wall',
    'steps[3].minutes',
  ]);
});

test.each([
  [null],
  [[]],
  ['text'],
  [{ script: 2, title: { en: 'x' }, steps: [] }],
  [{ script: 1, title: {}, steps: [{}] }],
])('[W69] %j is no script', (json) => {
  expect(checkScript(json).script).toBeNull();
  expect(pathsOf(json).length).toBeGreaterThan(0);
});

test('[W69] what closes the whole is the last step, and the only one', () => {
  const step = (kind: string) => ({ kind, minutes: 5 });
  expect(pathsOf(script(...['close', 'draft', 'close'].map(step)))).toEqual(['steps[0].kind']);
  expect(pathsOf(script(...['draft', 'close'].map(step)))).toEqual([]);
});

test('[W69] what fits each by itself and not together is named', () => {
  expect(
    pathsOf(
      script(
        { id: 'a', kind: 'arrive', minutes: null },
        { id: 'a', kind: 'select', minutes: 4, place: { groups: 4 }, seating: 'join' },
        {
          kind: 'vote',
          minutes: 4,
          settings: { method: { kind: 'dots', each: 2, most: 5 } },
          part: { group: 'r', round: 3, of: 2 },
        },
        { kind: 'agree', minutes: 4, settings: { only: 'changed' } },
      ),
    ),
  ).toEqual([
    'steps[1].id',
    'steps[1].seating',
    'steps[2].part.round',
    'steps[2].settings.method.most',
    'steps[3].settings.only',
  ]);
});

test('[W69] pairs and groups are joined of whichever step before had them', () => {
  const step = (fields: object) => ({ kind: 'talk', minutes: 5, ...fields });
  const fours = step({ place: { groups: 4 }, seating: 'join' });
  expect(pathsOf(script(step({ place: 'pairs' }), step({}), fours))).toEqual([]);
  expect(pathsOf(script(step({}), fours, step({ place: 'pairs' })))).toEqual(['steps[1].seating']);
});

test('[W69] what is wrong has a kind, for which pages have words, and the limit that these name', () => {
  const step = (fields: object) => ({ kind: 'draft', minutes: 5, ...fields });
  const talk = (settings: object) => ({ kind: 'talk', minutes: 5, settings });
  const many = Array.from({ length: 30 }, () => ({ en: 'x' }));
  const languages = Object.fromEntries(
    Array.from({ length: 13 }, (_, at) => [`x${String.fromCharCode(97 + at)}`, 'x']),
  );
  const said = (...steps: unknown[]) =>
    checkScript(script(...steps)).problems.map(({ kind, values }) => [kind, ...Object.values(values ?? {})]);
  const before = said(
    step({ id: 'no spaces' }),
    step({ id: 5 }),
    step({ minutes: undefined }),
    step({ minutes: 0 }),
    step({ minutes: 100_000 }),
    step({ minutes: 1.5 }),
    step({ minutes: 'five' }),
    step({ ready: 'yes' }),
    step({ startsAt: '9:00' }),
    step({ title: 'Draft' }),
    step({ title: {} }),
    step({ title: { en: ' ' } }),
    step({ title: { en: '\u200b\u202e' } }),
    step({ instruction: { en: '\u3164' } }),
    step({ title: { en: 'x'.repeat(2_001) } }),
    step({ title: { English: 'x' } }),
    step({ title: languages }),
    step({ advance: 'soon' }),
    step({ place: 'street' }),
    step({ place: { groups: 9 } }),
    step({ colour: 'red' }),
    talk({ topics: many }),
    { kind: 'write', minutes: 5, settings: { themes: [{ en: 'x' }] } },
    { kind: 'write', minutes: 5, settings: { themes: 'x' } },
    { kind: 'fly', minutes: 5 },
    'talk',
  );
  expect(before.map(([kind, ...values]) => [kind, ...values].join(' '))).toEqual([
    'id',
    'text',
    'missing',
    'least 1',
    expect.stringMatching(/^most \d+$/),
    'whole',
    'number',
    'yesNo',
    'time',
    'object',
    'noLanguage',
    'empty',
    'empty',
    'empty',
    'tooLong 2000',
    'language',
    'tooManyLanguages 12',
    'choice byHand, whenOver',
    'choice alone, pairs, rooms, plenary, {…}',
    'choice 3, 4, 5, 6',
    'unknown',
    'tooMany 20',
    'tooFew 2',
    'list',
    expect.stringMatching(/^choice arrive, .*, close$/),
    'object',
  ]);
  expect(said(step({ id: 'a' }), step({ id: 'a', seating: 'join' }))).toEqual([['twice'], ['noGroups']]);
  expect(checkScript({ script: 2, title: { en: 'x' }, steps: [step({})] }).problems[0]).toMatchObject({
    path: 'script',
    kind: 'choice',
    values: { choices: '1' },
  });
});

test('[W69] what cannot be run yet is kept and named', () => {
  const checked = checkScript(script({ kind: 'arrive', minutes: null }, { id: 'dots', kind: 'vote', minutes: 4 }));
  expect(checked).toMatchObject({ problems: [], notPlayable: ['dots'] });
  expect(checked.script?.steps).toHaveLength(2);
});

test('[W69] what is named of a file is short, whatever stands in it, and its texts have nothing in them that is not seen', () => {
  const long = 'x'.repeat(180_000);
  for (const bad of [{ title: { [long]: 'x' } }, { [long]: 1 }, { settings: { [`${long}\u202e\n`]: 1 } }]) {
    const { problems } = checkScript(script({ kind: 'draft', minutes: 5, ...bad }));
    expect(problems.length).toBeGreaterThan(0);
    expect(JSON.stringify(problems).length).toBeLessThan(300 * problems.length);
  }
  const { script: read } = checkScript(
    script({
      kind: 'draft',
      minutes: 5,
      title: { en: ' \u202eDraft\n it\u200b ' },
      instruction: { en: 'One\u200b\r\ntwo' },
    }),
  );
  expect(read?.steps[0]).toMatchObject({ title: { en: 'Draft it' }, instruction: { en: 'One\ntwo' } });
});
