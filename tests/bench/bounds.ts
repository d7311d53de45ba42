import type { Figures } from './stage.ts';

/** What is asked of ours: a figure in relation to a peer's, or by itself. */
export interface Bound {
  readonly figure: string;
  readonly against?: 'reference' | 'bare' | 'ws';
  readonly atMost?: number;
  readonly atLeast?: number;
  /** Where the figure is a count, of messages or bytes, that is the same on every machine: what it is at most in a smoke, which fails by it. */
  readonly inSmoke?: number;
}

export interface Judged extends Bound {
  readonly value: number;
  readonly holds: boolean;
}

/** What a smoke judges: counts, and no times. */
export const ofSmoke = (bounds: readonly Bound[]): readonly Bound[] =>
  bounds.flatMap(({ figure, inSmoke }) => (inSmoke === undefined ? [] : [{ figure, atMost: inSmoke }]));

/** Null where a figure is missing. A ratio is the median of the rounds' ratios, since a round's servers shared its noise. */
export function judge(bound: Bound, rounds: Readonly<Record<string, readonly Figures[]>>): Judged | null {
  const { figure, against } = bound;
  const own = rounds.ours ?? [];
  const values = own.flatMap((figures, round) => {
    const value = figures[figure];
    const other = against ? rounds[against]?.[round]?.[figure] : 1;
    return value === null || value === undefined || !other ? [] : value / other;
  });
  const value = median(values);
  if (value === null) return null;
  const holds = value <= (bound.atMost ?? Infinity) && value >= (bound.atLeast ?? -Infinity);
  return { ...bound, value, holds };
}

export function medians(rounds: readonly Figures[]): Figures {
  const names = [...new Set(rounds.flatMap((figures) => Object.keys(figures)))];
  return Object.fromEntries(names.map((name) => [name, median(rounds.flatMap((figures) => figures[name] ?? []))]));
}

export function median(values: readonly number[]): number | null {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
