import * as Y from 'yjs';
import { REACTIONS, type Beyond, type Board, type Comment, type Item, type Reaction } from '#domain/board/board.ts';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import { fittingBlock, fittingLanguage } from '#domain/languages/fitting.ts';
import { textOfBlocks, type Text } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import { readBlocks } from '#protocol/rich-text.ts';
import { bounded, entriesIn, isId, seatOf, timeOf, valueIn, wordsOf } from '#protocol/shared-value.ts';
import { fairShare, inOrder, type Claim } from './fair-share.ts';
import { outlineOf, themeIn, writtenAt } from './outline.ts';

/**
 * What the maps hold, in the order in which people see it. Whatever lies in the document, this returns a board whose every field is
 * what its type says: a bad record costs that record, a bad field falls back. In the browser and on the server alike.
 */
export function readBoard(doc: Y.Doc): Board {
  const outline = outlineOf(doc);
  const inside = new Map<ItemId, Item[]>();
  const within = new Map<ThemeId | null, Item[]>();
  let commentsBeyond = 0;
  const read = (id: ItemId, record: Y.Map<unknown>, merged: readonly Item[]): Item => {
    const [comments, beyond] = readComments(valueIn(record, 'comments'));
    commentsBeyond += beyond;
    return readItem(id, record, comments, merged);
  };
  for (const [id, record] of outline.items) {
    const root = outline.roots.get(id)!;
    if (root !== id) listIn(inside, root).push(read(id, record, []));
  }
  for (const [id, record] of outline.items) {
    if (outline.roots.get(id) === id)
      listIn(within, themeIn(outline, record)).push(read(id, record, inside.get(id) ?? []));
  }
  const beyond = { ...outline.beyond, comments: commentsBeyond };
  return {
    themes: [...outline.themes].map(([id, record]) => ({
      id,
      title: fitting({
        text: wordsOf(valueIn(record, 'title') as Y.Text, LIMITS.titleOfTheme.most),
        lang: langOf(record),
      }),
      items: within.get(id) ?? [],
    })),
    loose: within.get(null) ?? [],
    ...(isSomething(beyond) && { beyond }),
  };
}

const isSomething = ({ themes, items, comments }: Beyond): boolean => themes + items + comments > 0;

function listIn<Key>(lists: Map<Key, Item[]>, key: Key): Item[] {
  let list = lists.get(key);
  if (!list) lists.set(key, (list = []));
  return list;
}

function readItem(id: ItemId, record: Y.Map<unknown>, comments: readonly Comment[], merged: readonly Item[]): Item {
  const stated = langOf(record);
  const isChosen = valueIn(record, 'langIsChosen') === true;
  const blocks = readBlocks(valueIn(record, 'body') as Y.XmlFragment, stated);
  const lang = isChosen ? stated : fittingLanguage(stated, textOfBlocks(blocks.slice(0, 3)));
  return {
    id,
    by: seatOf(valueIn(record, 'by')),
    at: writtenAt(record),
    lang,
    ...(isChosen && { langIsChosen: true as const }),
    blocks: isChosen ? blocks : blocks.map(fittingBlock),
    comments,
    reactions: readReactions(valueIn(record, 'reactions')),
    merged,
  };
}

/** `und` is BCP 47's word for a language that nobody stated. */
const languageOf = (value: unknown): Language => (isLanguage(value) ? value : 'und');
const langOf = (record: Y.Map<unknown>): Language => languageOf(valueIn(record, 'lang'));

const fitting = ({ text, lang }: Text): Text => ({ text, lang: fittingLanguage(lang, text) });

function readComments(value: unknown): readonly [comments: Comment[], beyond: number] {
  if (!(value instanceof Y.Map)) return [[], 0];
  const comments: Comment[] = [];
  for (const [id, entry] of entriesIn(value)) {
    if (!isId(id) || typeof entry !== 'object' || entry === null) continue;
    const { by, at, text, lang } = entry as Record<string, unknown>;
    if (typeof text !== 'string') continue;
    const words = fitting({ text: bounded(text, LIMITS.textOfComment.most), lang: languageOf(lang) });
    comments.push({ id: id as CommentId, by: seatOf(by), at: timeOf(at), text: words });
  }
  const claimOf = ({ by, at, id }: Comment): Claim => [at, id, by, value._map.get(id)!.id.client];
  const [shown, beyond] = fairShare(comments, LIMITS.commentsOnItem.most, claimOf);
  return [inOrder(shown, claimOf), beyond];
}

const LONGEST_REACTION = LIMITS.id.most + 1 + Math.max(...REACTIONS.map(({ length }) => length));

function readReactions(value: unknown): Item['reactions'] {
  const reactions: Partial<Record<Reaction, SeatId[]>> = {};
  if (!(value instanceof Y.Map)) return reactions;
  const keys: string[] = [];
  for (const [key] of entriesIn(value)) if (key.length <= LONGEST_REACTION) keys.push(key);
  // A map has its keys in order of arrival, which differs from copy to copy.
  for (const key of keys.sort()) {
    const colon = key.indexOf(':');
    const [reaction, seat] = [key.slice(0, Math.max(0, colon)), key.slice(colon + 1)] as [Reaction, SeatId];
    if (REACTIONS.includes(reaction) && isId(seat)) (reactions[reaction] ??= []).push(seat);
  }
  return reactions;
}
