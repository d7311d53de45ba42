import type { ScannedUpdate, Section } from './scan.ts';

/** Structs of one section that may be integrated next: numbers `first … last - 1`. */
export interface Step {
  readonly section: Section;
  readonly first: number;
  readonly last: number;
}

/**
 * The order in which an update's structs can be integrated, each after everything it builds on. Null when some never can: they
 * name what is neither in the update nor known (`known`: next clock of each client), or each other in a circle. Yjs would
 * keep those as pending, invisible, for ever.
 */
export function inOrder({ sections }: ScannedUpdate, known: (client: number) => number): Step[] | null {
  const next = new Map(sections.map(({ client, clock }) => [client, clock]));
  if (sections.some(({ client, clock }) => clock > known(client))) return null;
  const isThere = (client: number, clock: number) => clock < Math.max(next.get(client) ?? 0, known(client));
  const steps: Step[] = [];
  let waiting = sections.map((section) => ({ section, first: 0 }));
  while (waiting.length > 0) {
    const still: typeof waiting = [];
    let hasMoved = false;
    for (const { section, first } of waiting) {
      let last = first;
      while (last < section.structs.length && isReady(section, last, isThere)) {
        last += 1;
        next.set(section.client, section.structs[last]?.clock ?? section.end);
      }
      if (last > first) {
        hasMoved = true;
        steps.push({ section, first, last });
      }
      if (last < section.structs.length) still.push({ section, first: last });
    }
    if (!hasMoved) return null;
    waiting = still;
  }
  return steps;
}

function isReady(section: Section, index: number, isThere: (client: number, clock: number) => boolean): boolean {
  const { clock, needs } = section.structs[index]!;
  for (let at = 0; at < needs.length; at += 2) {
    const client = needs[at]!;
    const needed = needs[at + 1]!;
    // of its own client only what comes before, whatever is known of later clocks
    if (client === section.client ? needed >= clock : !isThere(client, needed)) return false;
  }
  return true;
}
