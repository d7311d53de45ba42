import { expect, test } from 'vitest';
import { aForumDetails } from '#server/forum/forum-details.sample.ts';
import { StorageError } from './ports/storage-error.ts';
import { ReadForums } from './read-forums.ts';

const stored = (title: string) => JSON.stringify(aForumDetails({ title }));

test('a forum is read once for as long as its row says the same', () => {
  const read = new ReadForums();
  const before = read.of('a', stored('Water'));
  expect(before).toEqual(aForumDetails({ title: 'Water' }));
  expect(read.of('a', stored('Water'))).toBe(before);
  expect(read.of('a', stored('Rivers')).title).toBe('Rivers');
  expect(read.of('a', stored('Water'))).toEqual(before);
});

test('what is damaged is refused, and of many forums few are kept', () => {
  const read = new ReadForums();
  const first = read.of('first', stored('Water'));
  expect(() => read.of('first', '{}')).toThrow(StorageError);
  expect(read.of('first', stored('Water'))).toBe(first);
  for (let other = 0; other < 40; other += 1) read.of(`other${other}`, stored('Water'));
  expect(read.of('first', stored('Water'))).not.toBe(first);
});
