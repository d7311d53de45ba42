import { judge, medians, type Judged } from './bounds.ts';
import type { Scenario } from './scenarios.ts';
import type { Figures } from './stage.ts';

/** What a scenario's rounds came to, by server. */
export type Rounds = Readonly<Record<string, readonly Figures[]>>;

const TITLES: Record<string, string> = {
  cpuPerEdit: 'CPU µs/edit',
  rssMB: 'RSS MB',
  kbPerClient: 'KB/client',
  bytesPerEdit: 'B/edit',
  cpuMsPerJoin: 'CPU ms/join',
};

export function printScenario(
  { title, name, bounds }: Pick<Scenario, 'title' | 'name' | 'bounds'>,
  rounds: Rounds,
): void {
  const servers = Object.entries(rounds).map(([server, figures]) => ({ server, figures: medians(figures) }));
  const columns = [...new Set(servers.flatMap(({ figures }) => Object.keys(figures)))];
  console.log(`\n${name} · ${title}`);
  const rows = [
    ['', ...columns.map((column) => TITLES[column] ?? column)],
    ...servers.map(({ server, figures }) => [server, ...columns.map((column) => shown(figures[column] ?? null))]),
  ];
  const widths = rows[0]!.map((_, index) => Math.max(...rows.map((row) => row[index]!.length)));
  for (const row of rows) {
    console.log(
      '  ' + row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  '),
    );
  }
  const judged = bounds.flatMap((bound) => judge(bound, rounds) ?? []);
  if (judged.length > 0) console.log(`  ${judged.map(sentence).join(' · ')}`);
}

function sentence({ figure, against, atMost, atLeast, value, holds }: Judged): string {
  const of = against ? `${TITLES[figure] ?? figure} ours/${against}` : (TITLES[figure] ?? figure);
  const bound = atMost === undefined ? `≥ ${atLeast}` : `≤ ${atMost}`;
  return `${of} ${shown(value)} (${bound}) ${holds ? '✓' : '✗'}`;
}

function shown(value: number | null): string {
  if (value === null) return '–';
  if (!Number.isFinite(value)) return 'never';
  if (Number.isInteger(value) || Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
