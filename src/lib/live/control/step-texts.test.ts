import { expect, test } from 'vitest';
import { languagesFor, meanwhile, missingIn, textsOf, wordingOf } from './step-texts.ts';

const WAS = { title: { en: 'Draft', ru: 'Черновик' }, instruction: { en: 'Word four.' } };

test('[W77] what somebody else saved meanwhile comes in where nothing was written, and stands beside what was', () => {
  const mine = textsOf(WAS);
  mine.instruction.en = 'Word three.';
  mine.title.ru = '';
  const now = { title: { en: 'Drafts', ru: 'Набросок' }, instruction: { en: 'Word five.', kk: 'Бес.' } };
  const { texts, theirs, isChanged } = meanwhile(mine, WAS, now);
  expect(isChanged).toBe(true);
  expect(texts).toEqual({ title: { en: 'Drafts', ru: '' }, instruction: { en: 'Word three.', kk: 'Бес.' } });
  expect(theirs).toEqual({ title: { ru: 'Набросок' }, instruction: { en: 'Word five.' } });
});

test('[W77] what both have written alike, or nobody, is no news; what was taken out is', () => {
  const mine = textsOf(WAS);
  mine.title.en = ' Drafts ';
  const same = meanwhile(mine, WAS, { title: { en: 'Drafts', ru: 'Черновик' }, instruction: WAS.instruction });
  expect([same.isChanged, same.texts.title.en]).toEqual([false, ' Drafts ']);
  const gone = meanwhile(textsOf(WAS), WAS, { title: WAS.title, instruction: null });
  expect([gone.isChanged, wordingOf(gone.texts).instruction]).toEqual([true, null]);
  expect(WAS.instruction.en).toBe('Word four.');
});

test('[W77] a step is worded in the forum’s languages, and it is said what is missing in which', () => {
  const texts = textsOf({ title: { en: 'Draft', tg: 'Матн' }, instruction: null });
  const languages = languagesFor(['en', 'ru', 'ur', 'kk'], 'ru', texts);
  expect(languages).toEqual(['en', 'ru', 'ur', 'kk', 'tg']);
  expect(missingIn(texts, languages)).toEqual({ title: ['ru', 'ur', 'kk'], instruction: [] });
  expect(wordingOf(texts)).toEqual({ title: { en: 'Draft', tg: 'Матн' }, instruction: null });
});
