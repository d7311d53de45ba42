import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import type { Board, Comment, Item } from '#domain/board/board.ts';
import { textOfBlocks, type Block, type Text } from '#domain/languages/text.ts';
import { shortLine } from '#domain/languages/short-line.ts';
import { LIMITS } from '#domain/limits.ts';
import { readBoard } from '#protocol/board/read.ts';
import { DEEDS, type Change, type Comparison, type Deed } from '#protocol/versions-schema.ts';
import { wordChanges } from './word-changes.ts';

const FIRST_WORDS = 60; // characters of an item that another one was merged into

/** One theme or item of a board. */
interface Entry {
  readonly isTheme: boolean;
  readonly words: Text;
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
  readonly theme: Text | null;
  readonly themeId: string | null;
  /** The item that it is merged into. */
  readonly into: string | null;
}

interface Found {
  readonly deeds: readonly Deed[];
  readonly was: Entry | null;
  readonly is: Entry | null;
}

export type Compared = Omit<Comparison, 'from' | 'to'>;

/** What became of every theme and item from one state of a board to another. */
export function comparisonOf(before: Uint8Array, after: Uint8Array): Compared {
  const [then, now] = [entriesOf(before), entriesOf(after)];
  const found: Found[] = [];
  for (const [id, is] of now) found.push({ deeds: deedsOf(then.get(id) ?? null, is), was: then.get(id) ?? null, is });
  for (const [id, was] of then) if (!now.has(id)) found.push({ deeds: ['deleted'], was, is: null });
  const changes = found.filter(({ deeds }) => deeds.length > 0);
  const shown = shownOf(changes);
  return {
    items: countsOf(changes.filter((change) => !entryIn(change).isTheme)),
    themes: countsOf(changes.filter((change) => entryIn(change).isTheme)),
    changes: shown.map((change) => changeOf(change, now)),
    beyond: changes.length - shown.length,
  };
}

function deedsOf(was: Entry | null, is: Entry): Deed[] {
  if (!was) return ['added'];
  const happened: Partial<Record<Deed, boolean>> = {
    reworded: was.words.text !== is.words.text,
    marked: was.words.text === is.words.text && !isDeepStrictEqual(unlabelled(was.blocks), unlabelled(is.blocks)),
    language: was.words.text === is.words.text && was.words.lang !== is.words.lang,
    moved: is.into === null && was.into === null && was.themeId !== is.themeId,
    merged: is.into !== null && was.into !== is.into,
    split: is.into === null && was.into !== null,
    commented: commentsOf(was, is) !== undefined,
  };
  return DEEDS.filter((deed) => happened[deed]);
}

/** Without languages, which follow the text. */
const unlabelled = (blocks: readonly Block[]): unknown => blocks.map(({ lang: _, ...rest }) => rest);

function commentsOf(was: Entry, is: Entry): Change['comments'] {
  const [before, after] = [was, is].map(({ comments }) => new Set(comments.map(({ id }) => id)));
  const added = [...after!].filter((id) => !before!.has(id)).length;
  const removed = [...before!].filter((id) => !after!.has(id)).length;
  return added + removed > 0 ? { added, removed } : undefined;
}

/** As many as a page takes, in number and in characters. */
function shownOf(changes: readonly Found[]): readonly Found[] {
  let characters = 0;
  const end = changes.findIndex(({ was, is }, index) => {
    characters += (was?.words.text.length ?? 0) + (is?.words.text.length ?? 0);
    return index >= LIMITS.changesShown.most || (index > 0 && characters > LIMITS.textOfChanges.most);
  });
  return end < 0 ? changes : changes.slice(0, end);
}

function changeOf({ deeds, was, is }: Found, now: ReadonlyMap<string, Entry>): Change {
  const { isTheme, words, theme, into } = is ?? was!;
  const comments = was && is && commentsOf(was, is);
  const target = into === null ? undefined : now.get(into)?.words;
  return {
    deeds: [...deeds],
    isTheme,
    lang: words.lang,
    pieces: wordChanges(was?.words.text ?? '', is?.words.text ?? '', words.lang),
    theme,
    ...(deeds.includes('moved') && { movedFrom: was!.theme }),
    ...(deeds.includes('merged') && {
      mergedInto: target ? { ...target, text: shortLine(target.text, FIRST_WORDS) } : null,
    }),
    ...(comments && { comments }),
  };
}

function countsOf(changes: readonly Found[]): Comparison['items'] {
  const counts = Object.fromEntries(DEEDS.map((deed) => [deed, 0])) as Record<Deed, number>;
  for (const { deeds } of changes) for (const deed of deeds) counts[deed] += 1;
  return counts;
}

const entryIn = ({ was, is }: Found): Entry => is ?? was!;

function entriesOf(state: Uint8Array): Map<string, Entry> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  const board = readBoard(doc);
  doc.destroy();
  return new Map(entriesIn(board));
}

/** Ids of themes and of items are of two kinds, and somebody may have made them equal. */
function* entriesIn({ themes, loose }: Board): Generator<[string, Entry]> {
  for (const { id, title, items } of themes) {
    const nowhere = { theme: null, themeId: null, into: null };
    yield [`theme ${id}`, { isTheme: true, words: title, blocks: [], comments: [], ...nowhere }];
    yield* itemsIn(items, { theme: title, themeId: id, into: null });
  }
  yield* itemsIn(loose, { theme: null, themeId: null, into: null });
}

function* itemsIn(
  items: readonly Item[],
  place: Pick<Entry, 'theme' | 'themeId' | 'into'>,
): Generator<[string, Entry]> {
  for (const { id, blocks, lang, comments, merged } of items) {
    const words = { text: textOfBlocks(blocks), lang };
    yield [id, { isTheme: false, words, blocks, comments, ...place }];
    yield* itemsIn(merged, { ...place, into: id });
  }
}
