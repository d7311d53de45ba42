import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { align, type Unit } from './align.ts';
import { haveSameStructs } from './same-structs.ts';
import {
  deleteEntry,
  emptyLike,
  entriesOf,
  isSameKind,
  isShared,
  rootsOf,
  setEntry,
  unitsOf,
  type Shared,
} from './shared-types.ts';
import type { WrittenSince } from './written-since.ts';

const MOST_COMPARED = 600_000; // characters in both versions of one text; a text that can be shown has 250,000

type Attributes = Readonly<Record<string, unknown>>;

/**
 * Makes a document show what an earlier version of it showed, as one new edit that touches only what differs: what
 * somebody types meanwhile into anything that stays, stays. What was deleted since comes back as a copy. `roots`: all unless some are
 * named; whatever else lies in the document is left alone. `since`: what stays although the version does not have it.
 */
export function makeEqual(
  doc: Y.Doc,
  version: Y.Doc,
  roots?: ReadonlySet<string>,
  since: WrittenSince | null = null,
): void {
  doc.transact(() => {
    for (const name of roots ?? new Set([...doc.share.keys(), ...version.share.keys()])) {
      const roots = rootsOf(doc, version, name);
      if (roots) equalize(...roots, since);
    }
  });
}

function equalize(current: Shared, wanted: Shared, since: WrittenSince | null): void {
  if (haveSameStructs(current, wanted)) return;
  equalizeEntries(current, wanted, since);
  if (current instanceof Y.Text) equalizeText(current, wanted as Y.Text, since);
  else if (current instanceof Y.Array || current instanceof Y.XmlFragment) equalizeList(current, wanted, since);
}

function equalizeEntries(current: Shared, wanted: Shared, since: WrittenSince | null): void {
  const now = entriesOf(current);
  const then = entriesOf(wanted);
  for (const key of now.keys()) if (!then.has(key) && !since?.hasEntry(current, key)) deleteEntry(current, key);
  for (const [key, value] of then) {
    const old = now.get(key);
    if (isShared(value)) {
      const child = isShared(old) && isSameKind(old, value) ? old : emptyLike(value);
      if (child !== old && since?.hasEntry(current, key)) continue;
      if (child !== old) setEntry(current, key, child);
      equalize(child, value, since);
    } else if ((!now.has(key) || !isDeepStrictEqual(old, value)) && !since?.hasEntry(current, key)) {
      setEntry(current, key, value);
    }
  }
}

function equalizeList(current: Y.Array<unknown> | Y.XmlFragment, wanted: Shared, since: WrittenSince | null): void {
  const now = unitsOf(current);
  const then = unitsOf(wanted);
  const { kept, gaps } = align(since?.unlike(now) ?? now, then, isSame, isEqual);
  // From the end, so that positions before stay what they were.
  for (const { from, to, wantedFrom, wantedTo } of gaps.toReversed()) {
    const values = then.slice(wantedFrom, wantedTo).map(({ value }) => value);
    const copies = values.map((value) => (isShared(value) ? emptyLike(value) : value));
    for (const [first, end] of without(now, from, to, since)) current.delete(first, end - first);
    if (copies.length > 0) (current as Y.Array<unknown>).insert(from, copies);
    for (const [index, value] of values.entries()) if (isShared(value)) equalize(copies[index] as Shared, value, since);
  }
  for (const [at, wantedAt] of kept) equalizeValue(now[at]!.value, then[wantedAt]!.value, since);
}

/** Runs of units that go, last first. */
function without(units: readonly Unit[], from: number, to: number, since: WrittenSince | null): [number, number][] {
  if (!since) return to > from ? [[from, to]] : [];
  const gone: [number, number][] = [];
  for (let at = to - 1; at >= from; at -= 1) {
    if (since.hasUnit(units[at]!)) continue;
    const last = gone.at(-1);
    if (last?.[0] === at + 1) last[0] = at;
    else gone.push([at, at + 1]);
  }
  return gone;
}

function equalizeText(current: Y.Text, wanted: Y.Text, since: WrittenSince | null): void {
  const isTouched = since?.isIn(current) ?? false;
  if (current.length + wanted.length > MOST_COMPARED) return isTouched ? undefined : replaceText(current, wanted);
  const now = unitsOf(current);
  const then = unitsOf(wanted);
  const { kept, gaps } = align(since?.unlike(now) ?? now, then, isSame, isEqual);
  const starts = startsOf(now);
  const wantedStarts = startsOf(then);
  const wantedAttributes = attributesOf(wanted);
  for (const { from, to, wantedFrom, wantedTo } of gaps.toReversed()) {
    const start = starts[from]!;
    for (const [first, end] of without(now, from, to, since)) {
      current.delete(starts[first]!, starts[end]! - starts[first]!);
    }
    let at = start;
    for (const { value, length, attributes } of runs(then, wantedFrom, wantedTo, wantedStarts, wantedAttributes)) {
      if (typeof value === 'string') current.insert(at, value, { ...attributes });
      else insertEmbed(current, at, value, attributes);
      at += length;
    }
  }
  for (const [at, wantedAt] of kept) equalizeValue(now[at]!.value, then[wantedAt]!.value, since);
  // beside new words positions are no longer those of the version
  if (!isTouched) equalizeFormat(current, wantedAttributes);
}

/** Not character by character: each that is compared takes a hundred bytes. */
function replaceText(current: Y.Text, wanted: Y.Text): void {
  current.delete(0, current.length);
  let at = 0;
  for (const { insert, attributes = {} } of wanted.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    if (typeof insert === 'string') current.insert(at, insert, { ...attributes });
    else insertEmbed(current, at, insert, attributes);
    at += typeof insert === 'string' ? insert.length : 1;
  }
}

function insertEmbed(text: Y.Text, at: number, value: unknown, attributes: Attributes): void {
  const copy = isShared(value) ? emptyLike(value) : value;
  text.insertEmbed(at, copy as object, { ...attributes });
  if (isShared(value)) equalize(copy as Shared, value, null);
}

function equalizeFormat(current: Y.Text, wanted: readonly Attributes[]): void {
  const now = attributesOf(current);
  for (let from = 0; from < wanted.length;) {
    const change = changeOf(now[from] ?? {}, wanted[from]!);
    let to = from + 1;
    while (to < wanted.length && isDeepStrictEqual(changeOf(now[to] ?? {}, wanted[to]!), change)) to += 1;
    if (Object.keys(change).length > 0) current.format(from, to - from, change);
    from = to;
  }
}

/** Yjs takes null for "not any more". */
function changeOf(now: Attributes, wanted: Attributes): Record<string, unknown> {
  const change: Record<string, unknown> = {};
  for (const key of Object.keys(now)) if (!(key in wanted)) change[key] = null;
  for (const [key, value] of Object.entries(wanted)) if (!isDeepStrictEqual(now[key], value)) change[key] = value;
  return change;
}

/** The attributes at each position. */
function attributesOf(text: Y.Text): Attributes[] {
  const attributes: Attributes[] = [];
  for (const op of text.toDelta() as { insert: unknown; attributes?: Attributes }[]) {
    const length = typeof op.insert === 'string' ? op.insert.length : 1;
    for (let at = 0; at < length; at += 1) attributes.push(op.attributes ?? {});
  }
  return attributes;
}

/** Characters that can be inserted at once; an embed is a run of its own. */
function* runs(
  units: readonly Unit[],
  from: number,
  to: number,
  starts: readonly number[],
  attributes: readonly Attributes[],
): Generator<{ value: unknown; length: number; attributes: Attributes }> {
  for (let first = from; first < to;) {
    const own = attributes[starts[first]!]!;
    let next = first + 1;
    let { value } = units[first]!;
    while (typeof value === 'string' && next < to && typeof units[next]!.value === 'string') {
      if (!isDeepStrictEqual(attributes[starts[next]!], own)) break;
      value += units[next]!.value as string;
      next += 1;
    }
    yield { value, length: starts[next]! - starts[first]!, attributes: own };
    first = next;
  }
}

/** Where each unit begins, and where the last one ends. */
function startsOf(units: readonly Unit[]): number[] {
  const starts = [0];
  for (const { length } of units) starts.push(starts.at(-1)! + length);
  return starts;
}

function equalizeValue(current: unknown, wanted: unknown, since: WrittenSince | null): void {
  if (isShared(current) && isShared(wanted)) equalize(current, wanted, since);
}

/** Of one id: a shared type stays itself whatever is in it now; a plain value never changes. */
function isSame(current: unknown, wanted: unknown): boolean {
  return isShared(current) && isShared(wanted) ? isSameKind(current, wanted) : isDeepStrictEqual(current, wanted);
}

function isEqual(current: unknown, wanted: unknown): boolean {
  if (!isShared(current) || !isShared(wanted)) return isDeepStrictEqual(current, wanted);
  if (!isSameKind(current, wanted) || !isDeepStrictEqual(keysOf(current), keysOf(wanted))) return false;
  for (const [key, value] of entriesOf(wanted)) if (!isEqual(entriesOf(current).get(key), value)) return false;
  const now = unitsOf(current);
  const then = unitsOf(wanted);
  if (now.length !== then.length || !now.every(({ value }, at) => isEqual(value, then[at]!.value))) return false;
  return !(current instanceof Y.Text) || isDeepStrictEqual(attributesOf(current), attributesOf(wanted as Y.Text));
}

const keysOf = (type: Shared): string[] => [...entriesOf(type).keys()].sort();
