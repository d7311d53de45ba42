import * as Y from 'yjs';

/**
 * The Y.Doc of a board: two maps of flat records, so that a move is one attribute write and never copies text.
 *
 * `themes`: ThemeId → { title: Y.Text, lang, order, by, at }
 * `items`:  ItemId  → { theme: ThemeId | null, order, lang, by, at, body: Y.XmlFragment,
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
export function itemRecord(items: BoardShape['items'], id: string): Y.Map<unknown> | null {
  const record: unknown = items.get(id);
  return record instanceof Y.Map && record.get('body') instanceof Y.XmlFragment ? record : null;
}

export function themeRecord(themes: BoardShape['themes'], id: string): Y.Map<unknown> | null {
  const record: unknown = themes.get(id);
  return record instanceof Y.Map && record.get('title') instanceof Y.Text ? record : null;
}
