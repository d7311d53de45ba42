import type { Played } from './turn.ts';

/** What must not be: in words, to be read beside the seed. */
export function faultsIn({ runs, erased, items, boards, wrong }: Played): string[] {
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
  for (const { who, letters, parted, isGone } of runs) {
    if (isGone) continue; // each of its letters is there, once
    for (const part of partsOf(letters, parted)) {
      const left = [...part].filter((letter) => text.includes(letter)).join('');
      if (!text.includes(left)) found.push(`${left}, a run of ${who}'s, is not whole`);
    }
  }
  return found.length > 0 ? [...found, `in ${text}`] : [];
}

/** A run, parted in front of these letters. */
export function partsOf(letters: string, parted: string): string[] {
  const parts = [''];
  for (const letter of letters) {
    if (parted.includes(letter)) parts.push('');
    parts[parts.length - 1] += letter;
  }
  return parts;
}
