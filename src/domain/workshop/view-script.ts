import type { StepId } from '../ids.ts';
import type { ByLanguage } from '../languages/by-language.ts';
import { allows } from '../script/allows.ts';
import { rulesOf, settingsOf } from '../script/rules.ts';
import { isSmallGroups, sizeOfGroups } from '../script/small-groups.ts';
import { isPlayable, takesPlace, type AnyStepKind, type Step, type StepKind } from '../script/step.ts';
import type { Task } from '../script/step-rules.ts';
import { mayChoose } from './decide-script.ts';
import type { WorkshopState } from './state.ts';

/** A step that is run, as everybody sees it in the row of them. */
export interface StepLine {
  readonly id: StepId;
  readonly kind: StepKind;
  readonly minutes: number | null;
  readonly title?: ByLanguage;
}

/** What the running step asks of people. */
export interface StepWords {
  readonly task: Task;
  /** What participants may do with their room's board while its time lasts. */
  readonly board: 'read' | 'write';
  readonly title?: ByLanguage;
  readonly instruction?: ByLanguage;
  /** How many work together, where that is in pairs or groups. */
  readonly groups?: number;
  /** When a pause is over, `HH:MM`, where the script says it. */
  readonly backAt?: string;
}

/** A step of the whole script, those that are passed over too. */
export interface PlannedStep extends Pick<Step, 'minutes' | 'title' | 'startsAt' | 'place' | 'seating' | 'part'> {
  readonly id: StepId;
  readonly kind: AnyStepKind;
  readonly isSkipped?: true;
  readonly isInserted?: true;
}

/** What of the script is for those who run the workshop. */
export interface PlanningView {
  readonly steps: readonly PlannedStep[];
  /** Those that stand in no row now, and may be put into it. */
  readonly parked?: readonly PlannedStep[];
  /** Where the running step stands among them. */
  readonly at: number;
  /** What the script says about the running step to nobody else. */
  readonly note?: string;
  /** Null: the first script, which nobody chose. */
  readonly script: { readonly id: string | null; readonly title: ByLanguage; readonly chosen: number | null } | null;
  readonly mayChoose: boolean;
}

const CLOSE = { kind: 'close' } as const;

/** Those that are run, and where the running one stands among them. */
export function stepLines({ script, step }: WorkshopState): {
  readonly lines: readonly StepLine[];
  readonly at: number;
} {
  const run = script.filter((one) => takesPlace(one) || one.id === step.id);
  const lines = run.map(({ id, kind, minutes, title }) => ({
    id,
    kind: isPlayable(kind) ? kind : CLOSE.kind,
    minutes,
    ...(title && { title }),
  }));
  return {
    lines,
    at: Math.max(
      0,
      run.findIndex(({ id }) => id === step.id),
    ),
  };
}

export function stepWords({ script, step }: WorkshopState): StepWords & { readonly kind: StepKind } {
  const running = script[step.index] ?? CLOSE_STEP;
  const { kind, title, instruction, settings } = running;
  const size = isSmallGroups(running) ? sizeOfGroups(running) : null;
  const known = isPlayable(kind) ? kind : CLOSE.kind;
  const { backAt } = settingsOf({ kind: known, ...(settings && { settings }) });
  return {
    kind: known,
    task: rulesOf(known).task,
    board: allows({ kind: known, ...(settings && { settings }) }).board,
    ...(title && { title }),
    ...(instruction && { instruction }),
    ...(size !== null && { groups: size }),
    ...(typeof backAt === 'string' && { backAt }),
  };
}

const CLOSE_STEP: Pick<Step, 'kind' | 'title' | 'instruction' | 'settings' | 'place'> = CLOSE;

export function planningOf(state: WorkshopState): PlanningView {
  const note = state.script[state.step.index]?.note;
  const { chosen } = state;
  return {
    steps: state.script.map(plannedStep),
    ...(state.parked && { parked: state.parked.map(plannedStep) }),
    at: state.step.index,
    ...(note !== undefined && { note }),
    script: chosen ? { id: chosen.script, title: chosen.title, chosen: chosen.before ? chosen.version : null } : null,
    mayChoose: mayChoose(state),
  };
}

function plannedStep(step: Step): PlannedStep {
  const { id, kind, minutes, title, startsAt, place, seating, part, isSkipped, isInserted } = step;
  return {
    id,
    kind,
    minutes,
    ...(title && { title }),
    ...(startsAt && { startsAt }),
    ...(place && { place }),
    ...(seating && { seating }),
    ...(part && { part }),
    ...(isSkipped && { isSkipped }),
    ...(isInserted && { isInserted }),
  };
}
