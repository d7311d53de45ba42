import { changesOf, mergeText } from '#domain/languages/merge-text.ts';

/** One field that two people changed in the same words; `path` as in the names of the form's fields. */
export interface Clash {
  readonly path: string;
  readonly mine: string;
  readonly theirs: string;
  /** What they saved, as it goes into the form. */
  readonly stored: unknown;
}

type Data = null | boolean | number | string | readonly Data[] | { readonly [key: string]: Data };
type Row = { readonly [key: string]: Data };

/**
 * What somebody changed in a form since it was opened (`base`), on what others have saved meanwhile. Fields that one of both changed
 * have that change, words that both changed at different places have both. What cannot be both stays as this person wrote it and is
 * named.
 */
export function mergeDraft<Draft>(base: Draft, mine: Draft, theirs: Draft): { draft: Draft; clashes: Clash[] } {
  const clashes: Clash[] = [];
  const draft = merge(base as Data, mine as Data, theirs as Data, '', clashes) as Draft;
  return { draft, clashes };
}

function merge<Part extends Data | undefined>(
  base: Data | undefined,
  mine: Part,
  theirs: Part,
  path: string,
  clashes: Clash[],
): Data | Part {
  if (isEqual(mine, theirs) || isEqual(base, theirs)) return mine;
  if (isEqual(base, mine)) return theirs;
  if (typeof base === 'string' && typeof mine === 'string' && typeof theirs === 'string') {
    if (!doClash(base, mine, theirs)) return mergeText(base, mine, theirs);
  } else if (isList(base) && isList(mine) && isList(theirs)) {
    const rows = mergeRows(base, mine, theirs, path, clashes);
    if (rows) return rows;
  } else if (isRow(base) && isRow(mine) && isRow(theirs)) {
    const [before, own, now] = [base, mine, theirs];
    const merged = [...new Set([...Object.keys(own), ...Object.keys(now)])].map((key) => {
      const inner = path === '' ? key : `${path}.${key}`;
      return [key, merge(before[key], own[key], now[key], inner, clashes)] as const;
    });
    // a part that is not there is a value like others: one may have added it, or taken it away
    return Object.fromEntries(merged.filter((pair): pair is [string, Data] => pair[1] !== undefined));
  }
  clashes.push({ path, mine: wordsOf(mine), theirs: wordsOf(theirs), stored: theirs });
  return mine;
}

/** The form with another value at a path. */
export function withValue<Draft>(draft: Draft, path: string, value: unknown): Draft {
  const [key, ...rest] = path.match(/[^.[\]]+/g) ?? [];
  if (key === undefined) return value as Draft;
  const inner = withValue((draft as Record<string, unknown>)[key], rest.join('.'), value);
  if (Array.isArray(draft)) return draft.with(Number(key), inner) as Draft;
  return { ...draft, [key]: inner };
}

/** Rows that are known by an id or are words; null when nobody can say which row is which. */
function mergeRows(
  base: readonly Data[],
  mine: readonly Data[],
  theirs: readonly Data[],
  path: string,
  clashes: Clash[],
): Data[] | null {
  const keyOf = (row: Data): string | null =>
    typeof row === 'string' ? row : isRow(row) && typeof row.id === 'string' && row.id !== '' ? row.id : null;
  const isNamed = (rows: readonly Data[]) => rows.every((row) => keyOf(row) !== null || (isRow(row) && row.id === ''));
  if (![base, mine, theirs].every(isNamed)) return mergeByPlace(base, mine, theirs, path, clashes);
  const find = (rows: readonly Data[], key: string | null) =>
    key === null ? undefined : rows.find((row) => keyOf(row) === key);
  const merged: Data[] = [];
  for (const row of mine) {
    const key = keyOf(row);
    const [was, now] = [find(base, key), find(theirs, key)];
    if (was === undefined) merged.push(row);
    else if (now !== undefined) merged.push(merge(was, row, now, `${path}[${merged.length}]`, clashes));
    // what they took away stays when this person has changed it
    else if (!isEqual(was, row)) merged.push(row);
  }
  // what they added stands where they put it
  for (const [index, row] of theirs.entries()) {
    const key = keyOf(row);
    if (find(base, key) !== undefined || find(mine, key) !== undefined) continue;
    const above = keyOf(theirs[index - 1] ?? '');
    const at = merged.findIndex((one) => keyOf(one) === above);
    merged.splice(at < 0 ? Math.min(index, merged.length) : at + 1, 0, row);
  }
  return merged;
}

function mergeByPlace(
  base: readonly Data[],
  mine: readonly Data[],
  theirs: readonly Data[],
  path: string,
  clashes: Clash[],
): Data[] | null {
  if (base.length !== mine.length || base.length !== theirs.length) return null;
  return mine.map((row, index) => merge(base[index], row, theirs[index]!, `${path}[${index}]`, clashes));
}

/** Whether both replaced some of the same words by different ones. */
function doClash(base: string, mine: string, theirs: string): boolean {
  const [own, other] = [changesOf(base, mine), changesOf(base, theirs)];
  return own.some((a) => other.some((b) => a.from < b.to && b.from < a.to && a.text !== b.text));
}

const isList = (value: Data | undefined): value is readonly Data[] => Array.isArray(value);
const isRow = (value: Data | undefined): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEqual = (a: Data | undefined, b: Data | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));

/** For people: the words in it, without the names of its parts. */
function wordsOf(value: Data | undefined): string {
  if (isList(value)) return value.map(wordsOf).filter(Boolean).join('; ');
  if (isRow(value)) {
    return Object.entries(value)
      .filter(([key]) => key !== 'id')
      .map(([, part]) => wordsOf(part))
      .filter(Boolean)
      .join(', ');
  }
  return value === null || value === undefined || typeof value === 'boolean' ? '' : String(value);
}
