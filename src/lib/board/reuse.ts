/**
 * `next` with every part that equals its counterpart in `old` replaced by that counterpart, so that what did not change
 * keeps its identity and is not rendered again. Lists of things with an `id` are matched by it.
 */
export function reuse<T>(old: unknown, next: T): T {
  if (Object.is(old, next) || typeof old !== 'object' || typeof next !== 'object' || !old || !next) return next;
  if (Array.isArray(next)) return Array.isArray(old) ? (reuseList(old, next) as T) : next;
  const before = old as Record<string, unknown>;
  const parts = Object.entries(next).map(([key, value]) => [key, reuse(before[key], value)] as const);
  const isSame =
    parts.length === Object.keys(before).length && parts.every(([key, value]) => Object.is(before[key], value));
  return (isSame ? old : Object.fromEntries(parts)) as T;
}

function reuseList(old: readonly unknown[], next: readonly unknown[]): readonly unknown[] {
  const byId = new Map(old.map((entry) => [idOf(entry), entry]));
  const list = next.map((entry, index) => reuse(idOf(entry) === undefined ? old[index] : byId.get(idOf(entry)), entry));
  return list.length === old.length && list.every((entry, index) => Object.is(entry, old[index])) ? old : list;
}

const idOf = (entry: unknown): unknown => (entry as { id?: unknown } | null)?.id;
