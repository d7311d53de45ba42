import type * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { boardShape } from './shape.ts';

/** A restore as everybody on the board is told of it. It comes with the edit itself: whoever has one has the other. */
export interface RestoreTold {
  /** Who restored. */
  readonly by: SeatId;
  /** The moment that the board shows again, in epoch milliseconds; null: a restore was taken back. */
  readonly of: number | null;
}

/** Among the themes, and no theme: readers of the board pass over what is not a whole one. */
const KEY = 'a restore'; // no id has a space

export function tellRestore(doc: Y.Doc, { by, of }: RestoreTold): void {
  (boardShape(doc).themes as Y.Map<unknown>).set(KEY, { by, of });
}

/** It is about the document and not of its content: two states that differ in nothing else are equal. */
export function takeTold(from: Y.Doc, to: Y.Doc): void {
  const [told, themes] = [boardShape(from).themes.get(KEY) as unknown, boardShape(to).themes as Y.Map<unknown>];
  if (told === undefined) themes.delete(KEY);
  else themes.set(KEY, told);
}

/** Calls back within the transaction that brought it. Returns how to stop. */
export function watchRestores(doc: Y.Doc, restored: (told: RestoreTold) => void): () => void {
  const { themes } = boardShape(doc);
  const observer = (event: Y.YMapEvent<Y.Map<unknown>>, { local }: Y.Transaction) => {
    if (local || !event.keysChanged.has(KEY)) return;
    const { by, of } = Object(themes.get(KEY)) as Record<string, unknown>;
    if (typeof by !== 'string' || (of !== null && !isMoment(of))) return;
    restored({ by: by as SeatId, of });
  };
  themes.observe(observer);
  return () => themes.unobserve(observer);
}

const isMoment = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) <= 8.64e15;
