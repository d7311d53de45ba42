import { expect, test } from 'vitest';
import { paragraphsOf } from './paragraphs.ts';

test('[B116] a row of a table whose first cell is empty is no entry of a list', () => {
  const kinds = (text: string) => paragraphsOf(text, 'en').map(({ kind }) => kind);
  expect(kinds('Action · Who\n– · Aida\n– · Bek')).toEqual(['paragraph', 'paragraph', 'paragraph']);
  expect(kinds('– one\n– two')).toEqual(['list']);
});
