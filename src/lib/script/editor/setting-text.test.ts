import { expect, test } from 'vitest';
import type { StepId } from '#domain/ids.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import type { DraftStep } from './draft-script.ts';
import { settingTexts } from './setting-text.ts';

const en = translator(await loadCatalogue('en'), 'en');
const said = (step: Partial<DraftStep>) =>
  settingTexts(en, { id: 'one' as StepId, kind: 'draft', minutes: 5, ...step }).join('. ');
const APART = 'What they write is not in the outcome document';

test('[W121] a step in which pairs or groups write says that no outcome document has it; others do not', () => {
  expect(said({ place: 'pairs' })).toContain(APART);
  expect(said({ place: { groups: 4 } })).toContain(APART);
  expect(said({ place: 'rooms' })).not.toContain(APART);
  expect(said({ place: 'pairs', kind: 'talk' })).not.toContain(APART);
  expect(said({ place: 'pairs', kind: 'write' })).not.toContain(APART);
});

test('[W121] a vote to try out, which cannot be run here yet, is not said', () => {
  expect(said({ kind: 'brief', settings: { test: true } })).toBe('');
});
