import { describe, expect, test } from 'vitest';
import type { Catalogue } from './locales.ts';
import { pageText } from './page-text.svelte.ts';

const some: Catalogue = { 'app.name': () => 'Dastarkhan' };
const all: Catalogue = { ...some, 'app.home': ({ where } = {}) => `Home, ${where}` };

describe('[H29] texts of a page that begins with some messages', () => {
  test('one that is there is said at once, and nothing is asked for', () => {
    let asked = 0;
    const t = pageText(some, 'en', () => Promise.resolve(all).finally(() => (asked += 1)));
    expect([t('app.name'), t.locale, asked]).toEqual(['Dastarkhan', 'en', 0]);
  });

  test('one that lacks is empty, never its key; all are asked for once, and then it is there', async () => {
    let asked = 0;
    const t = pageText(some, 'en', () => {
      asked += 1;
      return Promise.resolve(all);
    });
    expect([t('app.home', { where: 'here' }), t('app.home')]).toEqual(['', '']);
    await expect.poll(() => t('app.home', { where: 'here' })).toBe('Home, here');
    expect(asked).toBe(1);
  });

  test('where they cannot be had they are asked for again', async () => {
    const answers = [Promise.reject(new Error('no network')), Promise.resolve(all)];
    const t = pageText(some, 'en', () => answers.shift() ?? Promise.reject(new Error('asked too often')));
    expect(t('app.home')).toBe('');
    await expect.poll(() => t('app.home', { where: 'there' })).toBe('Home, there');
  });
});
