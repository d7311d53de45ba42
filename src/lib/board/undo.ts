import * as Y from 'yjs';
import { textOfBlocks } from '#domain/languages/text.ts';
import { undoInPlace } from '#lib/editor/undo-in-place.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { readBlocks } from '#protocol/rich-text.ts';
import { valueIn } from '#protocol/shared-value.ts';

/** Takes back what was done with `origin`, and what the editor adds as its own: nobody else's deeds. */
export function ownUndo(doc: Y.Doc, origin: unknown): Y.UndoManager {
  const { themes, items } = boardShape(doc);
  return undoInPlace(new Y.UndoManager([themes, items], { trackedOrigins: new Set([origin]), deleteFilter: mayGo }));
}

/**
 * Undoing that an item was added takes only one's own words back when others have written, commented or reacted in it:
 * their part keeps the item. Own text is gone by the time its record is asked for (Yjs undoes from the end).
 */
function mayGo(struct: Y.Item): boolean {
  if (!(struct instanceof Y.Item)) return true;
  const record = recordOf(struct);
  if (!record) return true;
  const isPartOfRecord = struct.parent === record || (struct.content as Y.ContentType).type === record;
  if (isPartOfRecord) return !holdsSomething(record);
  return !(struct.content instanceof Y.ContentType) || struct.content.type._length === 0;
}

function holdsSomething(record: Y.Map<unknown>): boolean {
  const [title, body, comments, reactions] = ['title', 'body', 'comments', 'reactions'].map((key) =>
    valueIn(record, key),
  );
  return (
    (title instanceof Y.Text && title.length > 0) ||
    (body instanceof Y.XmlFragment && textOfBlocks(readBlocks(body, 'und')).trim() !== '') ||
    [comments, reactions].some((part) => part instanceof Y.Map && part.size > 0)
  );
}

/** The theme's or item's record that a struct is, or lies in. */
function recordOf(struct: Y.Item): Y.Map<unknown> | null {
  for (let at = struct; ;) {
    const above = (at.parent as Y.AbstractType<unknown>)._item;
    if (!above) return at.content instanceof Y.ContentType && at.content.type instanceof Y.Map ? at.content.type : null;
    at = above;
  }
}
