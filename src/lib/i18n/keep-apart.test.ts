import { expect, test } from 'vitest';
import { keepApart } from './keep-apart.ts';
import { loadCatalogue } from './locales.ts';
import { translator } from './text.ts';

const t = keepApart(translator(await loadCatalogue('en'), 'en'));

test('[L10] a name from right to left has a direction of its own in a sentence of the control room', () => {
  expect(t('calls.calls', { name: 'صبا نواز' })).toBe('\u2068صبا نواز\u2069 calls for help');
  expect(t('control.next', { step: 'دعا 2' })).toBe('Next: \u2068دعا 2\u2069');
});

test('[L10] what runs as the sentence does, and what only chooses its words, stands as it is', () => {
  expect(t('calls.calls', { name: 'Шаҳноза' })).toBe('Шаҳноза calls for help');
  expect(t('calls.waits', { minutes: 1 })).toBe('for 1 minute');
  expect(t('app.cancel')).toBe('Cancel');
  expect(t.locale).toBe('en');
});
