import type { Played } from './turn.ts';

/** What must not be: in words, to be read beside the seed. `isPlain`: nobody split or joined paragraphs. */
export function faultsIn({ runs, erased, items, boards, wrong }: Played, isPlain: boolean): string[] {
  const found = [...wrong];
  if (new Set(boards).size !== 1) found.push(`boards differ: ${boards.join('\n')}`);
  const text = Object.values(items).join('|');
  for (const { letters, isUndone, item } of runs) {
    const isThere = item === '' || items[item] !== undefined;
    for (const letter of letters) {
      const count = text.split(letter).length - 1;
      if (count > 1) found.push(`${letter} is there ${count} times`);
      if (count === 0 && isThere && !isUndone && !erased.includes(letter))
        found.push(`${letter} of ${letters} is lost`);
    }
  }
  for (const { who, letters, isUndone, isParted, item } of runs) {
    if (!isPlain || isUndone || isParted || (item !== '' && items[item] === undefined)) continue;
    const left = [...letters].filter((letter) => text.includes(letter)).join('');
    if (!text.includes(left)) found.push(`${left}, a run of ${who}'s, is not whole`);
  }
  return found.length > 0 ? [...found, `in ${text}`] : [];
}
