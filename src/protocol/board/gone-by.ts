import * as Y from 'yjs';

/** In what is being deleted: a deletion itself does not say whose it is. */
export const GONE_BY = 'goneBy';

/** Who did away with a record that is gone in a transaction that is just over. */
export function goneBy(record: unknown): { client: number; seat: unknown } | null {
  const mark = record instanceof Y.Map ? record._map.get(GONE_BY) : undefined;
  if (!mark) return null;
  const seat = mark.content instanceof Y.ContentAny ? (mark.content.arr[0] as unknown) : null;
  return { client: mark.id.client, seat };
}
