type Key = readonly [first: number | string, id: string, ...rest: unknown[]];

/** By the first of the key, then by id: the same on every copy. */
export function inOrder<T>(all: readonly T[], keyOf: (each: T) => Key): T[] {
  const keyed = all.map((each) => {
    const key = keyOf(each);
    return { first: key[0], id: key[1], each };
  });
  keyed.sort((a, b) => (a.first < b.first || (a.first === b.first && a.id < b.id) ? -1 : 1));
  return keyed.map(({ each }) => each);
}

/** When by the writer's own account, its id, the seat that signed, and the clientID by which it was written. */
export type Claim = readonly [at: number, id: string, by: string, client: number];

/**
 * Of what is too much, as many of each writer as of any other: whoever writes without end pushes out only what is theirs. A writer is a seat,
 * as the server lets nobody sign for another while of clientIDs a seat has as many as it likes. What is signed by nobody is as one writer's,
 * and shared among the clientIDs: a signature can be deleted. A time that somebody claims decides among their own.
 */
export function fairShare<T>(all: T[], most: number, claimOf: (each: T) => Claim): readonly [T[], beyond: number] {
  if (all.length <= most) return [all, 0];
  const within = inTurns(inOrder(all, claimOf), ([, , by, client]) => (by === '' ? String(client) : ''));
  return [inTurns(within, ([, , by]) => by).slice(0, most), all.length - most];

  function inTurns(list: readonly T[], groupOf: (claim: Claim) => string): T[] {
    const taken = new Map<string, number>();
    return inOrder(list, (each) => {
      const group = groupOf(claimOf(each));
      const turn = (taken.get(group) ?? 0) + 1;
      taken.set(group, turn);
      return [turn, group];
    });
  }
}
