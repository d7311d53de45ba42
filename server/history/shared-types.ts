import * as Y from 'yjs';
import type { SharedType } from '#protocol/shared-value.ts';
import type { Unit } from './align.ts';

/** Any shared type of Yjs, by its two halves: keyed entries and a sequence. Reads what Yjs has no public word for: ids. */
export type Shared = SharedType;

export const isShared = (value: unknown): value is Shared => value instanceof Y.AbstractType;

export function isSameKind(one: Shared, other: Shared): boolean {
  if (one.constructor !== other.constructor) return false;
  if (one instanceof Y.XmlElement) return one.nodeName === (other as Y.XmlElement).nodeName;
  if (one instanceof Y.XmlHook) return one.hookName === (other as Y.XmlHook).hookName;
  return true;
}

/** An empty type of the same kind, not yet in any document. */
export function emptyLike(type: Shared): Shared {
  if (type instanceof Y.XmlElement) return new Y.XmlElement(type.nodeName);
  if (type instanceof Y.XmlHook) return new Y.XmlHook(type.hookName);
  return new (type.constructor as new () => Shared)();
}

/** Keys of a map, attributes of an element or a text. */
export function entriesOf(type: Shared): Map<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const [key, item] of type._map) {
    if (!item.deleted) entries.set(key, item.content.getContent()[item.length - 1]);
  }
  return entries;
}

export function setEntry(type: Shared, key: string, value: unknown): void {
  if (type instanceof Y.Map) type.set(key, value);
  else if (type instanceof Y.Text) type.setAttribute(key, value);
  else if (type instanceof Y.XmlElement) type.setAttribute(key, value as string);
}

export function deleteEntry(type: Shared, key: string): void {
  if (type instanceof Y.Map) type.delete(key);
  else if (type instanceof Y.Text || type instanceof Y.XmlElement) type.removeAttribute(key);
}

/** What a sequence shows, element by element; a text by whole characters, since half of one cannot be stored. */
export function unitsOf(type: Shared): Unit[] {
  const units: Unit[] = [];
  for (let item = type._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { client, clock } = item.id;
    let at = clock;
    for (const value of item.content instanceof Y.ContentString ? item.content.str : item.content.getContent()) {
      const length = item.content instanceof Y.ContentString ? (value as string).length : 1;
      units.push({ id: `${client}:${at}`, value, length });
      at += length;
    }
  }
  return units;
}

/**
 * A root as what it is. A document that only took updates in does not know the kinds of its roots; they show in what lies
 * in them, now or in the other document. Null when neither tells, for then both are empty. (A text that has attributes and
 * never had a word is taken for a map, which is written the same way.)
 */
export function rootsOf(doc: Y.Doc, other: Y.Doc, name: string): readonly [Shared, Shared] | null {
  const kind = kindOf(doc.share.get(name)) ?? kindOf(other.share.get(name));
  return kind && [doc.get(name, kind), other.get(name, kind)];
}

type Kind = new () => Shared;

function kindOf(root: Shared | undefined): Kind | null {
  if (!root) return null;
  if (root.constructor !== Y.AbstractType) return root.constructor as Kind;
  for (let item = root._start; item; item = item.right) {
    const { content } = item;
    if (content instanceof Y.ContentDeleted) continue;
    if (content instanceof Y.ContentString || content instanceof Y.ContentFormat || content instanceof Y.ContentEmbed) {
      return Y.Text as unknown as Kind;
    }
    const type = content instanceof Y.ContentType ? content.type : null;
    const isXml = type instanceof Y.XmlElement || type instanceof Y.XmlText || type instanceof Y.XmlHook;
    return (isXml ? Y.XmlFragment : Y.Array) as unknown as Kind;
  }
  return root._map.size > 0 ? (Y.Map as unknown as Kind) : null;
}
