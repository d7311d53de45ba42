import type { StepId } from '#domain/ids.ts';
import type { Script, Step } from '#domain/script/step.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';
import { library } from './library.ts';

/** A checked file as the script of a workshop: people arrive before it and it is closed after it, and every step has an id. */
export function givenScript(file: ScriptFile, id: string | null = null): GivenScript {
  const taken = new Set(file.steps.flatMap((step) => step.id ?? []));
  const free = (wanted: string): StepId => {
    let found = wanted;
    for (let number = 2; taken.has(found); number += 1) found = `${wanted}-${number}`;
    taken.add(found);
    return found as StepId;
  };
  const steps = file.steps.map((step): Step => ({ ...step, id: (step.id ?? free(step.kind)) as StepId }));
  return { id, title: file.title, steps: framed(steps, free) };
}

function framed(steps: Script, free: (wanted: string) => StepId): Script {
  const isOpen = steps[0]?.kind === 'arrive';
  const isClosed = steps.at(-1)?.kind === 'close';
  return [
    ...(isOpen ? [] : [{ id: free('arrive'), kind: 'arrive', minutes: null } as const]),
    ...steps,
    ...(isClosed ? [] : [{ id: free('close'), kind: 'close', minutes: null } as const]),
  ];
}

const known = new Map<string, GivenScript | null>();

/** Null: the library has no such script. */
export function scriptFromLibrary(id: string): GivenScript | null {
  if (known.size === 0) for (const script of library()) known.set(script.id, givenScript(script, script.id));
  return known.get(id) ?? null;
}
