import * as Y from 'yjs';
import { REACTIONS, type Board, type Comment, type Item, type Reaction, type Theme } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { readBlocks } from '#protocol/rich-text.ts';
import { boardShape } from './shape.ts';

/** What the maps hold, in the order in which people see it. Records that a newer or broken client left half-written are skipped. */
export function readBoard(doc: Y.Doc): Board {
  const { themes, items } = boardShape(doc);
  const roots = new Map<ItemId, ItemId[]>();
  for (const id of items.keys() as IterableIterator<ItemId>) {
    const root = mergeRoot(items, id);
    if (root !== id) roots.set(root, [...(roots.get(root) ?? []), id]);
  }
  const itemOf = (id: ItemId): Item | null =>
    readItem(id, items.get(id), (roots.get(id) ?? []).flatMap((merged) => readItem(merged, items.get(merged), []) ?? []));
  const shown = sortedIds(items).filter((id) => mergeRoot(items, id as ItemId) === id) as ItemId[];
  const within = (theme: ThemeId | null): Item[] =>
    shown.filter((id) => themeOf(items, themes, id) === theme).flatMap((id) => itemOf(id) ?? []);
  return {
    themes: sortedIds(themes).flatMap((id) => readTheme(id as ThemeId, themes.get(id), within(id as ThemeId)) ?? []),
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
    const next = items.get(path[path.length - 1] as ItemId)?.get('merged') as ItemId | null | undefined;
    if (!next || !items.has(next)) return path[path.length - 1] as ItemId;
    const seen = path.indexOf(next);
    if (seen >= 0) return [...path.slice(seen)].sort()[0] as ItemId;
    path.push(next);
  }
}

export function themeOf(
  items: Y.Map<Y.Map<unknown>>,
  themes: Y.Map<Y.Map<unknown>>,
  id: ItemId,
): ThemeId | null {
  const theme = items.get(id)?.get('theme');
  return typeof theme === 'string' && themes.has(theme) ? (theme as ThemeId) : null;
}

/** Ids by order key, then by id: the one order that everybody sees. */
export function sortedIds(records: Y.Map<Y.Map<unknown>>): string[] {
  const keyed = [...records.entries()].map(([id, record]) => [String(record.get('order') ?? ''), id] as const);
  return keyed.sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1)).map(([, id]) => id);
}

function readTheme(id: ThemeId, record: Y.Map<unknown> | undefined, items: Item[]): Theme | null {
  const title = record?.get('title');
  if (!record || !(title instanceof Y.Text)) return null;
  return { id, title: { text: title.toString(), lang: String(record.get('lang')) }, items };
}

function readItem(id: ItemId, record: Y.Map<unknown> | undefined, merged: Item[]): Item | null {
  const body = record?.get('body');
  if (!record || !(body instanceof Y.XmlFragment)) return null;
  const lang = String(record.get('lang'));
  return {
    id,
    by: String(record.get('by')) as SeatId,
    at: Number(record.get('at')),
    lang,
    blocks: readBlocks(body, lang),
    comments: readComments(record.get('comments')),
    reactions: readReactions(record.get('reactions')),
    merged,
  };
}

function readComments(value: unknown): Comment[] {
  if (!(value instanceof Y.Map)) return [];
  return [...(value as Y.Map<{ by: SeatId; at: number; text: string; lang: string }>).entries()]
    .map(([id, { by, at, text, lang }]) => ({ id: id as CommentId, by, at, text: { text, lang } }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function readReactions(value: unknown): Item['reactions'] {
  const reactions: Partial<Record<Reaction, SeatId[]>> = {};
  if (value instanceof Y.Map) {
    for (const key of value.keys()) {
      const [reaction, seat] = key.split(':') as [Reaction, SeatId];
      if (REACTIONS.includes(reaction) && seat) (reactions[reaction] ??= []).push(seat);
    }
  }
  return reactions;
}
