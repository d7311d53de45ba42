import type { StepId } from '#domain/ids.ts';
import { inLanguage, type ByLanguage } from '#domain/languages/by-language.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Text } from '#domain/languages/text.ts';
import { rulesOf } from '#domain/script/rules.ts';
import { isPlayable, type AnyStepKind, type Step } from '#domain/script/step.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';

export type DraftStep = Omit<Step, 'isSkipped' | 'isInserted'>;

/** A script as it is being written: every step has an id. What a file has beside it is kept. */
export interface DraftScript {
  readonly script: 1;
  readonly title: ByLanguage;
  readonly about?: ByLanguage;
  readonly source?: string;
  readonly steps: readonly DraftStep[];
}

export function draftOf(file: ScriptFile): DraftScript {
  const { id: _, ...rest } = file;
  const steps: DraftStep[] = [];
  const named = new Set(file.steps.flatMap(({ id }) => id ?? []));
  for (const step of file.steps) {
    const id = step.id ?? freeId([...named], step.kind);
    named.add(id);
    steps.push({ ...step, id: id as StepId } as DraftStep);
  }
  return { ...rest, steps } as DraftScript;
}

/** As it is sent: texts without what was emptied, and nothing that is as usual. */
export function fileOf({ about, source, ...script }: DraftScript): object {
  const said = written(about);
  return {
    ...script,
    title: written(script.title) ?? {},
    ...(said && { about: said }),
    ...(source?.trim() && { source }),
    steps: script.steps.map(({ title, instruction, note, settings, ...step }) => {
      const [named, told] = [written(title), written(instruction)];
      return {
        ...step,
        ...(named && { title: named }),
        ...(told && { instruction: told }),
        ...(note?.trim() && { note }),
        ...(settings && Object.keys(settings).length > 0 && { settings }),
      };
    }),
  };
}

/** What a script is called, in this language if it is; null: it has no name yet. */
export const titleOf = ({ title }: DraftScript, language: Language): Text | null =>
  inLanguage(written(title) ?? undefined, [language]);

function written(texts: ByLanguage | undefined): ByLanguage | null {
  const kept = Object.entries(texts ?? {}).filter(([, text]) => text.trim() !== '');
  return kept.length === 0 ? null : Object.fromEntries(kept);
}

const placeOf = ({ steps }: DraftScript, id: StepId): number => steps.findIndex((step) => step.id === id);

/** What closes the whole stays last. */
const endOf = ({ steps }: DraftScript): number => (steps.at(-1)?.kind === 'close' ? steps.length - 1 : steps.length);

/** Whether a step can stand one place higher or lower. */
export function mayMove(script: DraftScript, id: StepId, by: -1 | 1): boolean {
  const from = placeOf(script, id);
  return from >= 0 && from < endOf(script) && from + by >= 0 && from + by < endOf(script);
}

/** The script with a step before another one; null: after all others. */
export function movedBefore(script: DraftScript, id: StepId, before: StepId | null): DraftScript {
  const step = script.steps[placeOf(script, id)];
  if (!step || id === before || placeOf(script, id) >= endOf(script)) return script;
  const others = { ...script, steps: script.steps.filter((one) => one !== step) };
  const wanted = before === null ? -1 : placeOf(others, before);
  const to = wanted < 0 ? endOf(others) : Math.min(wanted, endOf(others));
  return { ...script, steps: others.steps.toSpliced(to, 0, step) };
}

export function movedBy(script: DraftScript, id: StepId, by: -1 | 1): DraftScript {
  if (!mayMove(script, id, by)) return script;
  const from = placeOf(script, id);
  const before = script.steps[by < 0 ? from - 1 : from + 2];
  return movedBefore(script, id, before?.id ?? null);
}

/** A new step of a kind, after another one or where it is the last; with its id. */
export function withStep(script: DraftScript, kind: AnyStepKind, after: StepId | null): [DraftScript, StepId] {
  const step: DraftStep = { id: freeIn(script, kind), kind, minutes: isPlayable(kind) ? rulesOf(kind).minutes : 5 };
  return inserted(script, step, after);
}

export function withCopy(script: DraftScript, id: StepId): [DraftScript, StepId] {
  const step = script.steps[placeOf(script, id)]!;
  return inserted(script, { ...step, id: freeIn(script, step.kind) }, id);
}

function inserted(script: DraftScript, step: DraftStep, after: StepId | null): [DraftScript, StepId] {
  const at = after === null ? -1 : placeOf(script, after);
  const to = at < 0 ? endOf(script) : Math.min(at + 1, endOf(script));
  return [{ ...script, steps: script.steps.toSpliced(to, 0, step) }, step.id];
}

/** Who was to sit as in it stays where they are. */
export function withoutStep(script: DraftScript, id: StepId): DraftScript {
  const steps = script.steps.filter((step) => step.id !== id);
  return {
    ...script,
    steps: steps.map((step) => {
      if (typeof step.seating !== 'object' || step.seating.as !== id) return step;
      const { seating: _, ...stays } = step;
      return stays;
    }),
  };
}

/** What of a step is another; undefined takes it away. */
export type StepChange = { readonly [Field in keyof DraftStep]?: DraftStep[Field] | undefined };

export function withChange(script: DraftScript, id: StepId, change: StepChange): DraftScript {
  return {
    ...script,
    steps: script.steps.map((step) =>
      step.id === id
        ? (Object.fromEntries(
            Object.entries({ ...step, ...change }).filter(([, value]) => value !== undefined),
          ) as unknown as DraftStep)
        : step,
    ),
  };
}

const freeIn = ({ steps }: DraftScript, kind: AnyStepKind): StepId =>
  freeId(
    steps.map(({ id }) => id),
    kind,
  ) as StepId;

function freeId(taken: readonly string[], kind: string): string {
  if (!taken.includes(kind)) return kind;
  for (let number = 2; ; number += 1) if (!taken.includes(`${kind}-${number}`)) return `${kind}-${number}`;
}
