import { generateKeyBetween } from 'fractional-indexing';
import * as Y from 'yjs';
import type { Reaction } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Block, Text } from '#domain/languages/text.ts';
import { writeBlocks } from '#protocol/rich-text.ts';
import { mergeRoot, orderKey, sortedIds, themeOf } from './read.ts';
import { boardShape, itemRecord, themeRecord } from './shape.ts';

/**
 * The edits of a board, the same for people's browsers, the server and simulated people. Each is one Yjs transaction with
 * the given origin, so that one undo takes back one deed.
 */
export interface Writer {
  readonly seat: SeatId;
  /** Epoch milliseconds on the writer's clock. */
  readonly at: number;
  /** Origin of the Yjs transaction; an UndoManager tracks its own. */
  readonly origin?: unknown;
}

export interface NewItem {
  readonly id: ItemId;
  readonly theme: ThemeId | null;
  readonly lang: Language;
  readonly blocks: readonly Block[];
}

export function addTheme(doc: Y.Doc, theme: { id: ThemeId; title: Text }, writer: Writer): void {
  const { themes } = boardShape(doc);
  doc.transact(() => {
    const record = new Y.Map<unknown>();
    record.set('title', new Y.Text(theme.title.text));
    record.set('lang', theme.title.lang);
    record.set('order', keyBefore(themes, sortedIds(themes), null));
    record.set('by', writer.seat);
    record.set('at', writer.at);
    themes.set(theme.id, record);
  }, writer.origin);
}

/** Replaces only the stretch that differs, so that two people who mend different words of a title both keep theirs. */
export function renameTheme(doc: Y.Doc, theme: ThemeId, title: string, writer: Writer): void {
  const text = themeRecord(boardShape(doc).themes, theme)?.get('title');
  if (!(text instanceof Y.Text)) return;
  doc.transact(() => replaceText(text, title), writer.origin);
}

/** Its items stay, without a theme. */
export function removeTheme(doc: Y.Doc, theme: ThemeId, writer: Writer): void {
  const { themes } = boardShape(doc);
  doc.transact(() => themes.delete(theme), writer.origin);
}

/** Places a theme before another one, or last. */
export function moveTheme(doc: Y.Doc, theme: ThemeId, before: ThemeId | null, writer: Writer): void {
  const { themes } = boardShape(doc);
  const record = themeRecord(themes, theme);
  if (!record || theme === before) return;
  const others = sortedIds(themes).filter((id) => id !== theme);
  doc.transact(() => record.set('order', keyBefore(themes, others, before)), writer.origin);
}

export function addItem(doc: Y.Doc, item: NewItem, writer: Writer): void {
  const { items } = boardShape(doc);
  doc.transact(() => {
    const record = new Y.Map<unknown>();
    const body = new Y.XmlFragment();
    record.set('theme', item.theme);
    record.set('lang', item.lang);
    record.set('order', keyBefore(items, siblings(doc, item.theme, item.id), null));
    record.set('by', writer.seat);
    record.set('at', writer.at);
    record.set('merged', null);
    record.set('body', body);
    record.set('comments', new Y.Map());
    record.set('reactions', new Y.Map());
    items.set(item.id, record);
    writeBlocks(body, item.blocks, item.lang);
  }, writer.origin);
}

/** Moves an item into a theme (or out of all), before another item there, or last. */
export function moveItem(doc: Y.Doc, item: ItemId, theme: ThemeId | null, before: ItemId | null, writer: Writer): void {
  const { items } = boardShape(doc);
  const record = itemRecord(items, item);
  if (!record || item === before) return;
  doc.transact(() => {
    record.set('order', keyBefore(items, siblings(doc, theme, item), before));
    if (record.get('theme') !== theme) record.set('theme', theme);
  }, writer.origin);
}

/** Shows `from` inside `into`. Both keep their text: `splitItem` takes the merge back at any time. */
export function mergeItems(doc: Y.Doc, from: ItemId, into: ItemId, writer: Writer): void {
  const { items } = boardShape(doc);
  const record = itemRecord(items, from);
  if (!record || !itemRecord(items, into) || mergeRoot(items, into) === from || from === into) return;
  doc.transact(() => record.set('merged', into), writer.origin);
}

/** Shows a merged item on its own again, in the theme of the item it was in, right behind it. */
export function splitItem(doc: Y.Doc, item: ItemId, writer: Writer): void {
  const { items, themes } = boardShape(doc);
  const record = itemRecord(items, item);
  const root = mergeRoot(items, item);
  if (!record || root === item) return;
  doc.transact(() => {
    record.set('merged', null);
    // Only in a circle is the shown item merged too; left so, it would now vanish into the one that is split off.
    const shown = itemRecord(items, root);
    if (shown?.get('merged')) shown.set('merged', null);
    const theme = themeOf(items, themes, root);
    const order = siblings(doc, theme, item);
    moveItem(doc, item, theme, (order[order.indexOf(root) + 1] as ItemId | undefined) ?? null, writer);
  }, writer.origin);
}

export function removeItem(doc: Y.Doc, item: ItemId, writer: Writer): void {
  const { items } = boardShape(doc);
  doc.transact(() => items.delete(item), writer.origin);
}

export function setItemLanguage(doc: Y.Doc, item: ItemId, lang: Language, writer: Writer): void {
  doc.transact(() => itemRecord(boardShape(doc).items, item)?.set('lang', lang), writer.origin);
}

export function addComment(doc: Y.Doc, item: ItemId, comment: { id: CommentId; text: Text }, writer: Writer): void {
  const comments = itemRecord(boardShape(doc).items, item)?.get('comments');
  if (!(comments instanceof Y.Map)) return;
  const { text, lang } = comment.text;
  doc.transact(() => comments.set(comment.id, { by: writer.seat, at: writer.at, text, lang }), writer.origin);
}

export function removeComment(doc: Y.Doc, item: ItemId, comment: CommentId, writer: Writer): void {
  const comments = itemRecord(boardShape(doc).items, item)?.get('comments');
  if (comments instanceof Y.Map) doc.transact(() => comments.delete(comment), writer.origin);
}

/** Gives the writer's reaction, or takes it back. */
export function toggleReaction(doc: Y.Doc, item: ItemId, reaction: Reaction, writer: Writer): void {
  const reactions = itemRecord(boardShape(doc).items, item)?.get('reactions');
  if (!(reactions instanceof Y.Map)) return;
  const key = `${reaction}:${writer.seat}`;
  doc.transact(() => (reactions.has(key) ? reactions.delete(key) : reactions.set(key, true)), writer.origin);
}

/** The Y.XmlFragment that an item's editor binds to. */
export function itemBody(doc: Y.Doc, item: ItemId): Y.XmlFragment | null {
  const body = itemRecord(boardShape(doc).items, item)?.get('body');
  return body instanceof Y.XmlFragment ? body : null;
}

/** Ids shown in a theme, in order, without the one that is being placed. */
function siblings(doc: Y.Doc, theme: ThemeId | null, placed: ItemId): string[] {
  const { items, themes } = boardShape(doc);
  return sortedIds(items).filter(
    (id) => id !== placed && mergeRoot(items, id as ItemId) === id && themeOf(items, themes, id as ItemId) === theme,
  );
}

/** An order key right before `before`, or behind the last. Equal keys of neighbours leave no room between: then the nearest free gap. */
function keyBefore(records: Y.Map<Y.Map<unknown>>, order: readonly string[], before: string | null): string {
  const at = before === null ? -1 : order.indexOf(before);
  const place = at < 0 ? order.length : at;
  const keys = order.map((id) => orderKey(records, id));
  const upper = keys.slice(place).find((key) => key !== null) ?? null;
  const lower = keys.slice(0, place).findLast((key) => key !== null && (upper === null || key < upper)) ?? null;
  return generateKeyBetween(lower, upper);
}

function replaceText(text: Y.Text, next: string): void {
  const now = text.toString();
  let start = 0;
  while (start < now.length && start < next.length && now[start] === next[start]) start += 1;
  let end = 0;
  while (
    end < now.length - start &&
    end < next.length - start &&
    now[now.length - 1 - end] === next[next.length - 1 - end]
  )
    end += 1;
  text.delete(start, now.length - start - end);
  text.insert(start, next.slice(start, next.length - end));
}
