import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { judge, medians, ofSmoke, type Bound } from './bounds.ts';
import type { Figures } from './stage.ts';
import { printScenario } from './table.ts';

/** What every benchmark may be asked for. */
export const OPTIONS = {
  scenario: { type: 'string', multiple: true },
  servers: { type: 'string' },
  rounds: { type: 'string' },
  json: { type: 'string' },
  smoke: { type: 'boolean', default: false },
} as const;

interface Named {
  readonly name: string;
}
interface Measured extends Named {
  readonly title: string;
  readonly bounds: readonly Bound[];
}

/** What came of a scenario: figures by server, one for each round. */
interface Entry {
  readonly scenario: Measured;
  readonly rounds: Record<string, Figures[]>;
  readonly failures: string[];
}

/** Scenarios in rounds, in each of which the contestants take turns; a table of each, and a report of all. */
export class Rounds {
  readonly #count: number;
  /** Of its figures counts alone mean something. */
  readonly #isSmoke: boolean;
  readonly #entries: Entry[] = [];

  constructor({ count, isSmoke }: { readonly count: number; readonly isSmoke: boolean }) {
    this.#count = count;
    this.#isSmoke = isSmoke;
  }

  get entries(): readonly Entry[] {
    return this.#entries;
  }
  /** Whether everything could be measured, and a smoke's counts are what they are to be. */
  get isWhole(): boolean {
    return this.#entries.every(
      ({ failures, scenario, rounds }) =>
        failures.length === 0 &&
        (!this.#isSmoke || scenario.bounds.every((bound) => judge(bound, rounds)?.holds ?? !rounds.ours)),
    );
  }

  /** `once`: one contestant's figures; it is told those of the round so far. */
  async play<Contestant extends Named>(
    played: Measured,
    taking: readonly Contestant[],
    once: (contestant: Contestant, round: Readonly<Record<string, Figures>>) => Promise<Figures>,
  ): Promise<void> {
    const scenario = this.#isSmoke ? { ...played, bounds: ofSmoke(played.bounds) } : played;
    const rounds = Object.fromEntries(taking.map(({ name }) => [name, [] as Figures[]]));
    const failures: string[] = [];
    this.#entries.push({ scenario, rounds, failures });
    for (let round = 1; round <= this.#count; round += 1) {
      const soFar: Record<string, Figures> = {};
      for (const contestant of taking) {
        const { name } = contestant;
        process.stderr.write(`${scenario.name}: round ${round} of ${this.#count}, ${name} …\n`);
        try {
          soFar[name] = await once(contestant, soFar);
        } catch (error) {
          failures.push(`${name}, round ${round}: ${String(error)}`);
        }
        rounds[name]!.push(soFar[name] ?? {});
      }
    }
    printScenario(scenario, rounds);
    for (const failure of failures) console.log(`  not measured: ${failure}`);
  }

  /** `about`: what else was asked for. */
  write(file: string, about: Readonly<Record<string, number>> = {}): void {
    const machine = {
      cores: cpus().length,
      processor: cpus()[0]?.model ?? 'unknown',
      memoryMB: Math.round(totalmem() / 2 ** 20),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
    };
    const measured = this.#entries.map(({ scenario, rounds, failures }) => ({
      scenario: scenario.name,
      medians: Object.fromEntries(Object.entries(rounds).map(([name, figures]) => [name, medians(figures)])),
      bounds: scenario.bounds.flatMap((bound) => judge(bound, rounds) ?? []),
      rounds,
      failures,
    }));
    const report = { machine, rounds: this.#count, ...about, smoke: this.#isSmoke, measured };
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  }
}

/** Those that were asked for, with commas or one by one; all, when none were. */
export function chosen<One extends Named>(
  all: readonly One[],
  names: readonly string[] | undefined,
  what: string,
): readonly One[] {
  return (
    names
      ?.flatMap((some) => some.split(','))
      .map((name) => {
        const found = all.find((each) => each.name === name);
        if (!found) throw new Error(`no ${what} ${name}: there are ${all.map((each) => each.name).join(', ')}`);
        return found;
      }) ?? all
  );
}
