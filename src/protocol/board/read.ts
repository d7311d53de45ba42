import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import { REACTIONS, type Board, type Comment, type Item, type Reaction, type Theme } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { readBlocks } from '#protocol/rich-text.ts';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import { boardShape, itemRecord, themeRecord } from './shape.ts';

/** What the maps hold, in the order in which people see it. Records that a newer or broken client left half-written are skipped. */
export function readBoard(doc: Y.Doc): Board {
  const { themes, items } = boardShape(doc);
  const merged = new Map<ItemId, ItemId[]>();
  const shown = new Map<ThemeId | null, ItemId[]>();
  const add = <Key>(map: Map<Key, ItemId[]>, key: Key, id: ItemId) => map.set(key, [...(map.get(key) ?? []), id]);
  for (const id of sortedIds(items) as ItemId[]) {
    const root = mergeRoot(items, id);
    if (root !== id) add(merged, root, id);
    else add(shown, themeOf(items, themes, id), id);
  }
  const itemOf = (id: ItemId, inside: readonly ItemId[] = []): Item[] => {
    const record = itemRecord(items, id);
    return record
      ? [
          readItem(
            id,
            record,
            inside.flatMap((child) => itemOf(child)),
          ),
        ]
      : [];
  };
  const within = (theme: ThemeId | null) => (shown.get(theme) ?? []).flatMap((id) => itemOf(id, merged.get(id)));
  return {
    themes: (sortedIds(themes) as ThemeId[]).flatMap((id) => {
      const record = themeRecord(themes, id);
      return record ? [readTheme(id, record, within(id))] : [];
    }),
    loose: within(null),
  };
}

/**
 * The item that an item is shown in. Two people may merge A into B and B into A at once: within such a circle
 * the smallest id stays, so that every client shows the same one and nothing disappears.
 */
export function mergeRoot(items: Y.Map<Y.Map<unknown>>, id: ItemId): ItemId {
  const path: ItemId[] = [id];
  for (;;) {
    const last = path[path.length - 1] as ItemId;
    const next = itemRecord(items, last)?.get('merged');
    if (typeof next !== 'string' || !itemRecord(items, next)) return last;
    const seen = path.indexOf(next as ItemId);
    if (seen >= 0) return path.slice(seen).sort()[0] as ItemId;
    path.push(next as ItemId);
  }
}

export function themeOf(items: Y.Map<Y.Map<unknown>>, themes: Y.Map<Y.Map<unknown>>, id: ItemId): ThemeId | null {
  const theme = itemRecord(items, id)?.get('theme');
  return typeof theme === 'string' && themeRecord(themes, theme) ? (theme as ThemeId) : null;
}

/** Ids by order key, then by id: the one order that everybody sees. */
export function sortedIds(records: Y.Map<Y.Map<unknown>>): string[] {
  const keyed = [...records.keys()].map((id) => [orderKey(records, id) ?? '', id] as const);
  return keyed.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1)).map(([, id]) => id);
}

/** A record's fractional index; null when it has none that new keys can be made from. */
export function orderKey(records: Y.Map<Y.Map<unknown>>, id: string): string | null {
  const record: unknown = records.get(id);
  const key = record instanceof Y.Map ? record.get('order') : null;
  return typeof key === 'string' && isOrderKey(key) ? key : null;
}

function isOrderKey(key: string): boolean {
  try {
    generateKeyBetween(key, null);
    return true;
  } catch {
    return false;
  }
}

function readTheme(id: ThemeId, record: Y.Map<unknown>, items: Item[]): Theme {
  return { id, title: { text: String(record.get('title')), lang: readLanguage(record.get('lang')) }, items };
}

function readItem(id: ItemId, record: Y.Map<unknown>, merged: Item[]): Item {
  const lang = readLanguage(record.get('lang'));
  return {
    id,
    by: String(record.get('by')) as SeatId,
    at: Number(record.get('at')) || 0,
    lang,
    blocks: readBlocks(record.get('body') as Y.XmlFragment, lang),
    comments: readComments(record.get('comments')),
    reactions: readReactions(record.get('reactions')),
    merged,
  };
}

/** `und` is BCP 47's word for a language that nobody stated. */
const readLanguage = (value: unknown): Language => (isLanguage(value) ? value : 'und');

function readComments(value: unknown): Comment[] {
  if (!(value instanceof Y.Map)) return [];
  return [...(value as Y.Map<Record<string, unknown> | null>).entries()]
    .flatMap(([id, comment]): Comment[] => {
      if (typeof comment?.text !== 'string') return [];
      const text = { text: comment.text, lang: readLanguage(comment.lang) };
      return [{ id: id as CommentId, by: String(comment.by) as SeatId, at: Number(comment.at) || 0, text }];
    })
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function readReactions(value: unknown): Item['reactions'] {
  const reactions: Partial<Record<Reaction, SeatId[]>> = {};
  if (value instanceof Y.Map) {
    // A map has its keys in order of arrival, which differs from copy to copy.
    for (const key of [...value.keys()].sort()) {
      const [reaction, seat] = key.split(':') as [Reaction, SeatId];
      if (REACTIONS.includes(reaction) && seat) (reactions[reaction] ??= []).push(seat);
    }
  }
  return reactions;
}
