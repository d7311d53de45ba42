import { expect, test } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import { SCRIPT_FORMAT } from '#protocol/script-schema.ts';
import { movedBy, withChange, withoutStep, withStep, type DraftScript } from './draft-script.ts';
import { placeName, placeOfChange } from './place-name.ts';

const t = translator(await loadCatalogue('en'), 'en');
const id = (name: string) => name as StepId;
const SCRIPT: DraftScript = {
  script: SCRIPT_FORMAT,
  title: { en: 'River' },
  steps: [
    { id: id('hear'), kind: 'brief', minutes: 5 },
    { id: id('talk'), kind: 'talk', minutes: 5, title: { en: 'At the tables' } },
    { id: id('word'), kind: 'draft', minutes: 5 },
  ],
};

test.each([
  ['steps[1].instruction.ru', 'Step 2, At the tables'],
  ['steps[0]', 'Step 1, Brief'],
  ['steps[7].minutes', 'Name and languages'],
  ['title.en', 'Name and languages'],
])('%s is called %s', (path, name) => expect(placeName(t, SCRIPT, path)).toBe(name));

test.each<[string, DraftScript, string, string]>([
  ['was worded', withChange(SCRIPT, id('talk'), { minutes: 9 }), 'Step 2, At the tables', 'Step 2, At the tables'],
  ['was moved', movedBy(SCRIPT, id('word'), -1), 'Step 2, At the tables', 'Step 2, Draft'],
  ['came', withStep(SCRIPT, 'pause', id('hear'))[0], 'Step 2, Break', 'Step 2, Break'],
  ['went', withoutStep(SCRIPT, id('hear')), 'Step 1, Brief', 'Step 1, Brief'],
  ['was the last and went', withoutStep(SCRIPT, id('word')), 'Step 3, Draft', 'Step 3, Draft'],
  ['is none of them', { ...SCRIPT, title: { en: 'Lake' } }, 'Name and languages', 'Name and languages'],
])('[W120] undone and done again, a step is named that %s', (_, changed, undone, again) => {
  expect(placeOfChange(t, changed, SCRIPT)).toBe(undone);
  expect(placeOfChange(t, SCRIPT, changed)).toBe(again);
});
