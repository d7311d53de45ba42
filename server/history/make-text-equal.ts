import type * as Y from 'yjs';
import { copyOf, delta, fingerprint, type Piece } from './copy-type.ts';

/** One character (two for those beyond the first 65,536) or one embedded thing, with its format. */
interface Unit {
  readonly insert: unknown;
  readonly attributes: Record<string, unknown>;
  readonly key: string;
  readonly length: number;
}

/** Replaces the part between what is the same at the beginning and at the end. */
export function makeTextEqual(now: Y.Text, then: Y.Text): void {
  const [current, wanted] = [unitsOf(now), unitsOf(then)];
  let start = 0;
  while (start < current.length && start < wanted.length && current[start]!.key === wanted[start]!.key) start += 1;
  let end = 0;
  const most = Math.min(current.length, wanted.length) - start;
  while (end < most && current.at(-1 - end)!.key === wanted.at(-1 - end)!.key) end += 1;
  replace(now, current, start, current.length - end, wanted.slice(start, wanted.length - end));
  // formats reach over what they enclose, and Yjs tidies them up; rarely that leaves a difference
  if (fingerprint(delta(now)) !== fingerprint(delta(then))) replace(now, unitsOf(now), 0, Infinity, wanted);
}

function replace(text: Y.Text, current: readonly Unit[], from: number, to: number, wanted: readonly Unit[]): void {
  const place = lengthOf(current.slice(0, from));
  const length = lengthOf(current.slice(from, to));
  const changes = [
    ...(place > 0 ? [{ retain: place }] : []),
    ...wanted.map(({ insert, attributes }) => ({ insert: copyOf(insert), attributes })),
    ...(length > 0 ? [{ delete: length }] : []),
  ];
  text.applyDelta(joined(changes), { sanitize: false });
}

const lengthOf = (units: readonly Unit[]): number => units.reduce((sum, { length }) => sum + length, 0);

function unitsOf(text: Y.Text): Unit[] {
  return delta(text).flatMap(({ insert, attributes = {} }: Piece): Unit[] => {
    const format = fingerprint(attributes);
    const unit = (piece: unknown, length: number): Unit => ({
      ...{ insert: piece, attributes, length },
      key: `${typeof piece === 'string' ? `"${piece}` : fingerprint(piece)}${format}`,
    });
    return typeof insert === 'string' ? [...insert].map((letter) => unit(letter, letter.length)) : [unit(insert, 1)];
  });
}

type Change = { retain?: number; delete?: number; insert?: unknown; attributes?: Record<string, unknown> };

/** Letters of the same format are one insertion. */
function joined(changes: readonly Change[]): Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result.at(-1);
    if (
      last &&
      typeof last.insert === 'string' &&
      typeof change.insert === 'string' &&
      last.attributes === change.attributes
    ) {
      result[result.length - 1] = { ...last, insert: last.insert + change.insert };
    } else result.push(change);
  }
  return result;
}
