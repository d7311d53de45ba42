import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';

/**
 * Values out of shared documents. Anybody may have written them with any program, so nothing is taken for what it should be, and
 * nothing here costs more than what is looked at (Yjs' own `get` cuts a text under a key into characters each time).
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each kind has events of its own, and none fits all
export type SharedType = Y.AbstractType<any>;

/** Undefined for what is absent or gone, and for what no program of ours puts under a key. */
export function valueIn(type: SharedType, key: string): unknown {
  const item = type._map.get(key);
  return item && !item.deleted ? valueOf(item) : undefined;
}

export function* entriesIn(type: SharedType): Generator<[key: string, value: unknown]> {
  for (const [key, item] of type._map) if (!item.deleted) yield [key, valueOf(item)];
}

function valueOf({ content }: Y.Item): unknown {
  if (content instanceof Y.ContentType) return content.type;
  if (content instanceof Y.ContentAny || content instanceof Y.ContentJSON) return (content.arr as unknown[]).at(-1);
  return undefined;
}

/** The shared types in a sequence. */
export function* childrenOf(type: SharedType): Generator<SharedType> {
  for (let item = type._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentType) yield item.content.type;
  }
}

/** The words of a text, without marks. */
export function wordsOf(text: Y.Text, most: number): string {
  let words = '';
  for (let item = text._start; item && words.length <= most; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) words += item.content.str;
  }
  return bounded(words, most);
}

/** Stands where a text goes on that is longer than any may be. */
export const CUT = ' […]';

export const bounded = (text: string, most: number): string =>
  text.length > most ? wellFormed(text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '')) + CUT : wellFormed(text);

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** `toWellFormed` of browsers from before 2023. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, '\uFFFD');

const ID = new RegExp(String.raw`^[^\s\p{C}]{1,${LIMITS.id.most}}$`, 'u');

/** An id can be a key in a page, in an export and in a database; ours are letters and digits. */
export const isId = (value: unknown): value is string => typeof value === 'string' && ID.test(value);

/** Empty when no seat is named: the seat of nobody. */
export const seatOf = (value: unknown): SeatId => (isId(value) ? value : '') as SeatId;

const LATEST = 8.64e15; // ms: the last moment that a Date can hold

/** Whole epoch milliseconds; 0 when nobody can say. */
export const timeOf = (value: unknown): number =>
  typeof value === 'number' && value > 0 && value <= LATEST ? Math.trunc(value) : 0;
