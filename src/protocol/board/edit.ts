import * as Y from 'yjs';
import type { Item, Reaction } from '#domain/board/board.ts';
import type { CommentId, ItemId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import { changesOnto, type TextChange } from '#domain/languages/merge-text.ts';
import type { Text } from '#domain/languages/text.ts';
import { valueIn } from '#protocol/shared-value.ts';
import { addItem, type Writer } from './add-item.ts';
import { GONE_BY } from './gone-by.ts';
import { outlineOf, themeIn, type Outline } from './outline.ts';
import { keyBefore, keyBehind, recordsOf } from './place-key.ts';
import { asTheme, boardShape, itemRecord, themeRecord } from './shape.ts';

/** The edits of a board, the same for people's browsers, the server and simulated people. */
export { addItem };
export type { NewItem, Writer } from './add-item.ts';

export function addTheme(doc: Y.Doc, theme: { id: ThemeId; title: Text }, writer: Writer): void {
  const { themes } = boardShape(doc);
  doc.transact(() => {
    const record = new Y.Map<unknown>();
    record.set('title', new Y.Text(theme.title.text));
    record.set('lang', theme.title.lang);
    record.set('order', keyBehind(recordsOf(themes, asTheme)));
    record.set('by', writer.seat);
    record.set('at', writer.at);
    themes.set(theme.id, record);
  }, writer.origin);
}

/** Changes what differs from `was`, the title that the writer saw, in the one that stands there now: others keep what they changed. */
export function renameTheme(doc: Y.Doc, theme: ThemeId, title: string, writer: Writer, was?: string): void {
  const record = themeRecord(boardShape(doc).themes, theme);
  const text = record && valueIn(record, 'title');
  if (!(text instanceof Y.Text)) return;
  const now = text.toString();
  doc.transact(() => changeText(text, changesOnto(was ?? now, title, now)), writer.origin);
}

/** Its items stay, without a theme. */
export function removeTheme(doc: Y.Doc, theme: ThemeId, writer: Writer): void {
  const { themes } = boardShape(doc);
  doc.transact(() => {
    themeRecord(themes, theme)?.set(GONE_BY, writer.seat);
    themes.delete(theme);
  }, writer.origin);
}

/** Places a theme before another one, or last. */
export function moveTheme(doc: Y.Doc, theme: ThemeId, before: ThemeId | null, writer: Writer): void {
  const { themes } = boardShape(doc);
  const record = themeRecord(themes, theme);
  if (!record || theme === before) return;
  const others = new Map(outlineOf(doc).themes);
  others.delete(theme);
  doc.transact(() => record.set('order', keyBefore(others, before)), writer.origin);
}

/** Moves an item into a theme (or out of all), before another item there, or last. */
export function moveItem(doc: Y.Doc, item: ItemId, theme: ThemeId | null, before: ItemId | null, writer: Writer): void {
  const { items } = boardShape(doc);
  const record = itemRecord(items, item);
  if (!record || item === before) return;
  doc.transact(() => {
    record.set('order', keyBefore(siblings(outlineOf(doc), theme, item), before));
    if (valueIn(record, 'theme') !== theme) record.set('theme', theme);
  }, writer.origin);
}

/** Shows `from` inside `into`. Both keep their text: `splitItem` takes the merge back at any time. */
export function mergeItems(doc: Y.Doc, from: ItemId, into: ItemId, writer: Writer): void {
  const { items } = boardShape(doc);
  const record = itemRecord(items, from);
  if (!record || !itemRecord(items, into) || from === into || outlineOf(doc).roots.get(into) === from) return;
  doc.transact(() => record.set('merged', into), writer.origin);
}

/** Shows a merged item on its own again, in the theme of the item it was in, right behind it. */
export function splitItem(doc: Y.Doc, item: ItemId, writer: Writer): void {
  const outline = outlineOf(doc);
  const record = outline.items.get(item);
  const root = outline.roots.get(item);
  const shown = root && outline.items.get(root);
  if (!record || !shown || root === item) return;
  doc.transact(() => {
    record.set('merged', null);
    // Only in a circle is the shown item merged too; left so, it would now vanish into the one that is split off.
    if (valueIn(shown, 'merged')) shown.set('merged', null);
    const theme = themeIn(outline, shown);
    const order = [...siblings(outlineOf(doc), theme, item).keys()];
    moveItem(doc, item, theme, order[order.indexOf(root) + 1] ?? null, writer);
  }, writer.origin);
}

export function removeItem(doc: Y.Doc, item: ItemId, writer: Writer): void {
  const { items } = boardShape(doc);
  doc.transact(() => {
    itemRecord(items, item)?.set(GONE_BY, writer.seat);
    items.delete(item);
  }, writer.origin);
}

/**
 * Puts an item that was deleted back where it was, with the words that somebody has of it. Whoever comes second finds it there: two
 * who do it at once make one item.
 */
export function bringBack(doc: Y.Doc, item: Item, { theme, above }: FormerPlace, writer: Writer): void {
  const { items } = boardShape(doc);
  if (itemRecord(items, item.id)) return;
  doc.transact(() => {
    addItem(doc, { id: item.id, theme, lang: item.lang, blocks: item.blocks }, writer);
    const record = itemRecord(items, item.id)!;
    const order = siblings(outlineOf(doc), theme, item.id);
    if (above === null || order.has(above)) record.set('order', keyBefore(order, after(order, above)));
    record.set('by', item.by);
    record.set('at', item.at);
    for (const { id, ...comment } of item.comments) {
      const { text, lang } = comment.text;
      part(doc, item.id, 'comments')?.set(id, { by: comment.by, at: comment.at, text, lang });
    }
    for (const [reaction, seats] of Object.entries(item.reactions)) {
      for (const seat of seats) part(doc, item.id, 'reactions')?.set(`${reaction}:${seat}`, true);
    }
  }, writer.origin);
}

/** Where an item stood: behind `above`, or first. */
export interface FormerPlace {
  readonly theme: ThemeId | null;
  readonly above: ItemId | null;
}

/** The one behind `id`; null for the last. */
function after(order: ReadonlyMap<ItemId, unknown>, id: ItemId | null): ItemId | null {
  const ids = [...order.keys()];
  return ids[id === null ? 0 : ids.indexOf(id) + 1] ?? null;
}

/** Somebody says which language an item is in; from then on its text does not. Null: the text does again. */
export function setItemLanguage(doc: Y.Doc, item: ItemId, lang: Language | null, writer: Writer): void {
  const record = itemRecord(boardShape(doc).items, item);
  doc.transact(() => {
    if (lang === null) record?.delete('langIsChosen');
    else {
      record?.set('lang', lang);
      record?.set('langIsChosen', true);
    }
  }, writer.origin);
}

export function addComment(doc: Y.Doc, item: ItemId, comment: { id: CommentId; text: Text }, writer: Writer): void {
  const { text, lang } = comment.text;
  doc.transact(
    () => part(doc, item, 'comments')?.set(comment.id, { by: writer.seat, at: writer.at, text, lang }),
    writer.origin,
  );
}

export function removeComment(doc: Y.Doc, item: ItemId, comment: CommentId, writer: Writer): void {
  doc.transact(() => part(doc, item, 'comments')?.delete(comment), writer.origin);
}

/** Gives the writer's reaction, or takes it back. */
export function toggleReaction(doc: Y.Doc, item: ItemId, reaction: Reaction, writer: Writer): void {
  const key = `${reaction}:${writer.seat}`;
  doc.transact(() => {
    const reactions = part(doc, item, 'reactions');
    if (reactions?.has(key)) reactions.delete(key);
    else reactions?.set(key, true);
  }, writer.origin);
}

/** Null for an item that is gone. An item that a broken client made without this part, or with something else there, gets it now. */
function part(doc: Y.Doc, item: ItemId, name: 'comments' | 'reactions'): Y.Map<unknown> | null {
  const record = itemRecord(boardShape(doc).items, item);
  const present = record && valueIn(record, name);
  return present instanceof Y.Map || !record ? (present as Y.Map<unknown> | null) : record.set(name, new Y.Map());
}

/** The Y.XmlFragment that an item's editor binds to. */
export function itemBody(doc: Y.Doc, item: ItemId): Y.XmlFragment | null {
  const record = itemRecord(boardShape(doc).items, item);
  const body = record && valueIn(record, 'body');
  return body instanceof Y.XmlFragment ? body : null;
}

/** What is shown in a theme, in order, without the one that is being placed. */
function siblings(outline: Outline, theme: ThemeId | null, placed: ItemId): Map<ItemId, Y.Map<unknown>> {
  const shown = new Map<ItemId, Y.Map<unknown>>();
  for (const [id, record] of outline.items) {
    if (id !== placed && outline.roots.get(id) === id && themeIn(outline, record) === theme) shown.set(id, record);
  }
  return shown;
}

function changeText(text: Y.Text, changes: readonly TextChange[]): void {
  for (const { from, to, text: added } of changes.toReversed()) {
    text.delete(from, to - from);
    text.insert(from, added);
  }
}
