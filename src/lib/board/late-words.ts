import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import { textOfBlocks, type Block, type Text } from '#domain/languages/text.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { entriesIn, valueIn } from '#protocol/shared-value.ts';

/** One text as somebody wrote it: an item, a comment or the title of a theme. */
export interface Words {
  readonly id: string;
  readonly blocks: readonly Block[];
}

/**
 * What is in a draft and nowhere else: texts with something in them that the server was not known to have (`known`, a state vector
 * in base64; null: nobody knows), apart from those that stand on the board word for word.
 */
export function lateWords(draft: Y.Doc, known: string | null, board: Board): Words[] {
  const standing = new Set(textsOf(board).map(({ blocks }) => textOfBlocks(blocks)));
  const texts = textsOf(readBoard(draft)).filter(({ blocks }) => {
    const text = textOfBlocks(blocks);
    return text.trim() !== '' && !standing.has(text);
  });
  if (known === null) return texts;
  const touched = touchedIn(draft, Y.decodeStateVector(fromBase64(known)));
  return texts.filter(({ id }) => touched.has(id));
}

function textsOf({ themes, loose }: Board): Words[] {
  const ofItem = (item: Item): Words[] => [
    { id: item.id, blocks: item.blocks },
    ...item.comments.map(({ id, text }) => ({ id, blocks: [paragraph(text)] })),
    ...item.merged.flatMap(ofItem),
  ];
  return [
    ...themes.flatMap(({ id, title, items }) => [{ id, blocks: [paragraph(title)] }, ...items.flatMap(ofItem)]),
    ...loose.flatMap(ofItem),
  ];
}

const paragraph = ({ text, lang }: Text): Block => ({ kind: 'paragraph', lang, runs: [{ text }] });

/** Ids of the items, comments and themes whose words hold a struct beyond the clocks. */
function touchedIn(doc: Y.Doc, clocks: ReadonlyMap<number, number>): Set<string> {
  const { themes, items } = boardShape(doc);
  const isNew = ({ id, length }: Y.Item) => id.clock + length > (clocks.get(id.client) ?? 0);
  const touched = new Set<string>();
  for (const [id, record] of [...entriesIn(themes), ...entriesIn(items)]) {
    if (!(record instanceof Y.Map)) continue;
    for (const part of ['title', 'body']) if (holds(valueIn(record, part), isNew)) touched.add(id);
    const comments = valueIn(record, 'comments');
    if (!(comments instanceof Y.Map)) continue;
    for (const [comment, struct] of comments._map) if (!struct.deleted && isNew(struct)) touched.add(comment);
  }
  return touched;
}

function holds(type: unknown, isNew: (struct: Y.Item) => boolean): boolean {
  // not by calling itself: a text may be nested as deep as somebody likes
  const within = [type];
  for (const inner of within) {
    if (!(inner instanceof Y.AbstractType)) continue;
    for (let struct = inner._start; struct; struct = struct.right) {
      if (struct.deleted) continue;
      if (isNew(struct)) return true;
      if (struct.content instanceof Y.ContentType) within.push(struct.content.type);
    }
  }
  return false;
}
