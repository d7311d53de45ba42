import * as Y from 'yjs';
import { attributesOf, copyOf, fingerprint, isSameKind, isShared, type SharedType } from './copy-type.ts';
import { makeTextEqual } from './make-text-equal.ts';
import { matches } from './matches.ts';

/**
 * Edits `doc` until it holds what `then` holds, and touches only what differs: types that are in both stay the same ones, so what
 * somebody is typing into them at this moment is kept, and only what is gone is made anew. `then` is not changed.
 */
export function makeEqual(doc: Y.Doc, then: Y.Doc): void {
  doc.transact(() => {
    for (const name of new Set([...doc.share.keys(), ...then.share.keys()])) {
      const kind = kindOfRoot(doc.share.get(name)) ?? kindOfRoot(then.share.get(name));
      if (kind) equalise(doc.get(name, kind) as SharedType, then.get(name, kind) as SharedType);
    }
  });
}

type Kind = typeof Y.Map | typeof Y.Array | typeof Y.Text | typeof Y.XmlFragment;

/** What a root is, by what it holds: nothing says it until somebody asks for it by its type. Null: it is empty. */
function kindOfRoot(root: Y.Doc['share'] extends Map<string, infer Root> ? Root | undefined : never): Kind | null {
  if (!root) return null;
  for (let item = root._start; item; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentString || content instanceof Y.ContentEmbed || content instanceof Y.ContentFormat) {
      return Y.Text;
    }
    const isXml =
      content instanceof Y.ContentType && (content.type instanceof Y.XmlFragment || content.type instanceof Y.XmlText);
    return isXml || (content instanceof Y.ContentType && content.type instanceof Y.XmlHook) ? Y.XmlFragment : Y.Array;
  }
  return [...root._map.values()].some(({ deleted }) => !deleted) ? Y.Map : null;
}

function equalise(now: SharedType, then: SharedType): void {
  if (fingerprint(now) === fingerprint(then)) return;
  if (now instanceof Y.Text) makeTextEqual(now, then as Y.Text);
  else if (now instanceof Y.XmlFragment || now instanceof Y.Array) makeListEqual(now, then as typeof now);
  equaliseEntries(now, then);
}

function equaliseEntries(now: SharedType, then: SharedType): void {
  const [current, wanted] = [attributesOf(now), attributesOf(then)];
  const { remove, set } = entriesOf(now);
  for (const key of Object.keys(current)) if (!Object.hasOwn(wanted, key)) remove(key);
  for (const [key, value] of Object.entries(wanted)) {
    const present = Object.hasOwn(current, key);
    if (present && isSameKind(current[key], value)) equalise(current[key] as SharedType, value as SharedType);
    else if (!present || fingerprint(current[key]) !== fingerprint(value)) set(key, copyOf(value));
  }
}

function entriesOf(type: SharedType): { remove(key: string): void; set(key: string, value: unknown): void } {
  if (type instanceof Y.Map)
    return { remove: (key) => type.delete(key), set: (key, value) => void type.set(key, value) };
  if (type instanceof Y.Text || type instanceof Y.XmlElement) {
    return {
      remove: (key) => type.removeAttribute(key),
      set: (key, value) => type.setAttribute(key, value as string),
    };
  }
  return { remove: () => undefined, set: () => undefined };
}

type List = Y.Array<unknown> | Y.XmlFragment;

/** What matches stays. Between matches, types of the same kind are made equal in the order they stand, the rest is replaced. */
function makeListEqual(now: List, then: List): void {
  const [current, wanted] = [now.toArray(), then.toArray()].map((values) => (values as unknown[]).map(entryOf));
  const pairs = matches(current!, wanted!, (a, b) => (a.id !== null && a.id === b.id) || a.content === b.content);
  // from the end, so that places before it stay what they are
  let [nowEnd, thenEnd] = [current!.length, wanted!.length];
  for (let index = pairs.length - 1; index >= -1; index -= 1) {
    const [a, b] = index >= 0 ? pairs[index]! : [-1, -1];
    replaceBetween(now, current!.slice(a + 1, nowEnd), wanted!.slice(b + 1, thenEnd), a + 1);
    if (index >= 0 && isSameKind(current![a]!.value, wanted![b]!.value)) {
      equalise(current![a]!.value as SharedType, wanted![b]!.value as SharedType);
    }
    [nowEnd, thenEnd] = [a, b];
  }
}

interface Entry {
  readonly value: unknown;
  readonly content: string;
  /** Of the edit that made a type; the same in every version that has it. */
  readonly id: string | null;
}

function entryOf(value: unknown): Entry {
  const made = isShared(value) ? value._item?.id : undefined;
  return { value, content: fingerprint(value), id: made ? `${made.client}:${made.clock}` : null };
}

function replaceBetween(list: List, current: readonly Entry[], wanted: readonly Entry[], from: number): void {
  let same = 0;
  while (isSameKind(current[same]?.value, wanted[same]?.value)) {
    equalise(current[same]!.value as SharedType, wanted[same]!.value as SharedType);
    same += 1;
  }
  if (current.length > same) list.delete(from + same, current.length - same);
  if (wanted.length > same) {
    const copies = wanted.slice(same).map(({ value }) => copyOf(value));
    (list as Y.Array<unknown>).insert(from + same, copies);
  }
}
