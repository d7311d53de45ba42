import type { StepId } from '../ids.ts';
import type { Script, Step } from '../script/step.ts';
import { unreachable } from '../unreachable.ts';
import type { StepTexts } from './commands-script.ts';
import type { ScriptEvent } from './events-script.ts';
import type { WorkshopState } from './state.ts';

export function evolveScript(state: WorkshopState, event: ScriptEvent): WorkshopState {
  const { script } = state;
  switch (event.kind) {
    case 'scriptChosen':
      return chosen(state, event);
    case 'scriptTakenBack': {
      const before = state.chosen?.before;
      const { chosen: _, ...rest } = state;
      return before ? beginning({ ...rest, ...(before.chosen && { chosen: before.chosen }) }, before.script) : state;
    }
    case 'stepInserted':
      return { ...state, script: withAfter(script, { ...event.step, isInserted: true }, event.after) };
    case 'stepRemoved':
      return { ...state, script: script.filter(({ id }) => id !== event.step) };
    case 'stepMoved': {
      const step = script.find(({ id }) => id === event.step);
      const others = script.filter(({ id }) => id !== event.step);
      return step ? { ...state, script: withAfter(others, step, event.after) } : state;
    }
    case 'stepParked': {
      const step = script.find(({ id }) => id === event.step);
      const row = script.filter(({ id }) => id !== event.step);
      return step ? { ...state, script: row, parked: [...(state.parked ?? []), step] } : state;
    }
    case 'stepUnparked': {
      const step = state.parked?.find(({ id }) => id === event.step);
      const parked = state.parked?.filter(({ id }) => id !== event.step) ?? [];
      return step ? { ...withParked(state, parked), script: withAfter(script, step, event.after) } : state;
    }
    case 'stepSkipped':
      return { ...state, script: replaced(script, event.step, (step) => ({ ...step, isSkipped: true })) };
    case 'stepUnskipped':
      return { ...state, script: replaced(script, event.step, unskipped) };
    case 'stepChanged':
      return { ...state, script: replaced(script, event.step, (step) => withTexts(step, event.to)) };
    default:
      return unreachable(event);
  }
}

function withParked({ parked: _, ...state }: WorkshopState, parked: Script): WorkshopState {
  return parked.length > 0 ? { ...state, parked } : state;
}

export function unskipped({ isSkipped: _, ...step }: Step): Step {
  return step;
}

type Chosen = Extract<ScriptEvent, { kind: 'scriptChosen' }>;

/** Only the last choice is taken back: what was chosen before it is not kept for ever. */
function chosen(state: WorkshopState, { script, title, steps }: Chosen): WorkshopState {
  const { before: _, ...earlier } = state.chosen ?? {};
  const before = { script: state.script, ...('version' in earlier && { chosen: earlier }) };
  return beginning({ ...state, chosen: { version: state.version + 1, script, title, before } }, steps);
}

/** People who have arrived go on arriving, in the first step of another script. */
function beginning(state: WorkshopState, script: Script): WorkshopState {
  const { startedAt } = state.step;
  const [first] = script;
  if (!first) return state;
  return {
    ...withParked(state, []),
    script,
    step: { id: first.id, index: 0, began: state.version + 1, startedAt, endsAt: null },
  };
}

function withAfter(script: Script, step: Step, after: StepId): Script {
  const index = script.findIndex(({ id }) => id === after);
  return [...script.slice(0, index + 1), step, ...script.slice(index + 1)];
}

const replaced = (script: Script, id: StepId, change: (step: Step) => Step): Script =>
  script.map((step) => (step.id === id ? change(step) : step));

function withTexts(step: Step, { title, instruction, minutes }: StepTexts): Step {
  const { title: ownTitle, instruction: ownInstruction, ...rest } = step;
  const [newTitle, newInstruction] = [
    title === undefined ? ownTitle : title,
    instruction === undefined ? ownInstruction : instruction,
  ];
  return {
    ...rest,
    ...(newTitle && { title: newTitle }),
    ...(newInstruction && { instruction: newInstruction }),
    ...(minutes !== undefined && { minutes }),
  };
}
