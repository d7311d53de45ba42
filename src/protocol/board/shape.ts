import * as Y from 'yjs';
import { valueIn } from '#protocol/shared-value.ts';

/**
 * The Y.Doc of a board: two maps of flat records, so that a move is one attribute write and never copies text.
 *
 * `themes`: ThemeId → { title: Y.Text, lang, order, by, at }
 * `items`:  ItemId  → { theme: ThemeId | null, order, lang, langIsChosen?: true, by, at, body: Y.XmlFragment,
 *                       merged: ItemId | null, comments: Y.Map<CommentId, {by, at, text, lang}>,
 *                       reactions: Y.Map<`${Reaction}:${SeatId}`, true> }
 *
 * `order` is a fractional index (a string between its neighbours); equal keys are told apart by id. An item whose
 * theme is gone is shown without a theme: deleting a theme deletes no idea.
 */
export interface BoardShape {
  readonly themes: Y.Map<Y.Map<unknown>>;
  readonly items: Y.Map<Y.Map<unknown>>;
}

export function boardShape(doc: Y.Doc): BoardShape {
  return { themes: doc.getMap('themes'), items: doc.getMap('items') };
}

/** Whole records only: what a newer or a broken client left half-written is as good as absent, so nothing can hide inside it. */
export const itemRecord = (items: BoardShape['items'], id: string): Y.Map<unknown> | null => asItem(valueIn(items, id));

export const themeRecord = (themes: BoardShape['themes'], id: string): Y.Map<unknown> | null =>
  asTheme(valueIn(themes, id));

export const asItem = (value: unknown): Y.Map<unknown> | null =>
  value instanceof Y.Map && valueIn(value, 'body') instanceof Y.XmlFragment ? value : null;

export const asTheme = (value: unknown): Y.Map<unknown> | null =>
  value instanceof Y.Map && valueIn(value, 'title') instanceof Y.Text ? value : null;
