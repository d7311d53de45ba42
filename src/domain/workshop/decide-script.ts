import type { SeatId, StepId } from '../ids.ts';
import { isSameText, type ByLanguage } from '../languages/by-language.ts';
import { lineByLine, oneLine } from '../languages/one-line.ts';
import { LIMITS } from '../limits.ts';
import { accepted, refused, type Refusal } from '../refusal.ts';
import type { Script, Step } from '../script/step.ts';
import { unreachable } from '../unreachable.ts';
import type { ScriptCommand, StepTexts } from './commands-script.ts';
import type { Decision } from './decide.ts';
import type { WorkshopState } from './state.ts';

/** A script that was checked, for a workshop that is to begin with it. */
export interface GivenScript {
  /** Its id in the library; null for one from a file. */
  readonly id: string | null;
  readonly title: ByLanguage;
  readonly steps: Script;
}

type Of<Kind extends ScriptCommand['kind']> = Extract<ScriptCommand, { kind: Kind }>;

export function decideScript(
  state: WorkshopState,
  command: ScriptCommand,
  given: GivenScript | null,
  by: SeatId,
  at: number,
): Decision {
  if (state.closed) return refused({ kind: 'workshopClosed' });
  switch (command.kind) {
    case 'chooseScript':
      return chooseScript(state, given, by, at);
    case 'takeBackScript':
      return takeBackScript(state, command, by, at);
    case 'insertStep':
      return insertStep(state, command, by, at);
    case 'removeStep':
      return removeStep(state, command, by, at);
    case 'moveStep':
      return moveStep(state, command, by, at);
    case 'parkStep':
      return parkStep(state, command, by, at);
    case 'unparkStep':
      return unparkStep(state, command, by, at);
    case 'skipStep':
    case 'unskipStep':
      return skipStep(state, command, by, at);
    case 'changeStep':
      return changeStep(state, command, by, at);
    default:
      return unreachable(command);
  }
}

/** Until the first step after people's arrival has begun; what has run is not made undone by another script. */
export const mayChoose = ({ closed, step, kept }: Pick<WorkshopState, 'closed' | 'step' | 'kept'>): boolean =>
  !closed && step.index === 0 && (kept === undefined || kept.size === 0);

function chooseScript(state: WorkshopState, given: GivenScript | null, by: SeatId, at: number): Decision {
  if (!given || given.steps.length === 0) return refused({ kind: 'scriptUnknown' });
  if (!mayChoose(state)) return refused({ kind: 'scriptBegun' });
  if (given.id !== null && state.chosen?.script === given.id && isAsChosen(state, given)) return accepted([]);
  const { id, title, steps } = given;
  return accepted([{ kind: 'scriptChosen', script: id, title, steps, by, at }]);
}

/** Nobody has changed a step of it since. */
const isAsChosen = ({ script }: WorkshopState, { steps }: GivenScript): boolean =>
  JSON.stringify(script) === JSON.stringify(steps);

function takeBackScript(state: WorkshopState, { chosen }: Of<'takeBackScript'>, by: SeatId, at: number): Decision {
  if (!mayChoose(state)) return refused({ kind: 'scriptBegun' });
  if (state.chosen?.version !== chosen || !state.chosen.before) return refused({ kind: 'scriptReplaced' });
  return accepted([{ kind: 'scriptTakenBack', chosen, by, at }]);
}

function insertStep(state: WorkshopState, { step, after }: Of<'insertStep'>, by: SeatId, at: number): Decision {
  const before = state.script.findIndex(({ id }) => id === after);
  const known = state.script.findIndex(({ id }) => id === step.id);
  if (state.parked?.some(({ id }) => id === step.id)) return refused({ kind: 'stepMoved' });
  if (known >= 0) return known === before + 1 ? accepted([]) : refused({ kind: 'stepMoved' });
  const wrong = noPlaceAfter(state, before) ?? wrongMinutes(step.minutes);
  if (wrong) return refused(wrong);
  const { most } = LIMITS.stepsOfScript;
  if (state.script.length + (state.parked?.length ?? 0) >= most)
    return refused({ kind: 'limitReached', what: 'steps', most, field: 'steps' });
  return accepted([{ kind: 'stepInserted', step, after, by, at }]);
}

function removeStep(state: WorkshopState, { step: id }: Of<'removeStep'>, by: SeatId, at: number): Decision {
  const found = changeable(state, id);
  // gone already, by the same wish
  if (!('step' in found)) return found.kind === 'stepUnknown' ? accepted([]) : refused(found);
  if (!found.step.isInserted) return refused({ kind: 'notAllowed' });
  if (state.step.turn?.to === id) return refused({ kind: 'stepEnding' });
  return accepted([{ kind: 'stepRemoved', step: id, by, at }]);
}

function moveStep(state: WorkshopState, { step: id, after, was }: Of<'moveStep'>, by: SeatId, at: number): Decision {
  const found = changeable(state, id);
  if (!('step' in found)) return refused(found);
  const stands = state.script[found.index - 1]?.id;
  if (stands === after) return accepted([]);
  if (id === after || (was !== undefined && was !== stands)) return refused({ kind: 'stepMoved' });
  const to = state.script.findIndex((step) => step.id === after);
  const wrong = isEnd(state, found.index) ? ({ kind: 'stepCloses' } as const) : noPlaceAfter(state, to);
  if (wrong) return refused(wrong);
  if (state.step.turn?.to === id) return refused({ kind: 'stepEnding' });
  return accepted([{ kind: 'stepMoved', step: id, after, by, at }]);
}

/** Parked already, by the same wish. */
function parkStep(state: WorkshopState, { step: id }: Of<'parkStep'>, by: SeatId, at: number): Decision {
  if (state.parked?.some((step) => step.id === id)) return accepted([]);
  const found = changeable(state, id);
  if (!('step' in found)) return refused(found);
  if (isEnd(state, found.index)) return refused({ kind: 'stepCloses' });
  if (state.step.turn?.to === id) return refused({ kind: 'stepEnding' });
  return accepted([{ kind: 'stepParked', step: id, by, at }]);
}

function unparkStep(state: WorkshopState, { step: id, after }: Of<'unparkStep'>, by: SeatId, at: number): Decision {
  const before = state.script.findIndex((step) => step.id === after);
  const known = state.script.findIndex((step) => step.id === id);
  if (known >= 0) return known === before + 1 ? accepted([]) : refused({ kind: 'stepMoved' });
  if (!state.parked?.some((step) => step.id === id)) return refused({ kind: 'stepUnknown' });
  const wrong = noPlaceAfter(state, before);
  return wrong ? refused(wrong) : accepted([{ kind: 'stepUnparked', step: id, after, by, at }]);
}

function skipStep(state: WorkshopState, command: Of<'skipStep' | 'unskipStep'>, by: SeatId, at: number): Decision {
  const { kind, step: id } = command;
  const found = changeable(state, id);
  if (!('step' in found)) return refused(found);
  const isWanted = kind === 'skipStep';
  if ((found.step.isSkipped === true) === isWanted) return accepted([]);
  if (state.step.turn?.to === id) return refused({ kind: 'stepEnding' });
  return accepted([{ kind: isWanted ? 'stepSkipped' : 'stepUnskipped', step: id, by, at }]);
}

function changeStep(state: WorkshopState, { step: id, to, was }: Of<'changeStep'>, by: SeatId, at: number): Decision {
  const found = changeable(state, id);
  if (!('step' in found)) return refused(found);
  if (isSo(found.step, to)) return accepted([]);
  if (was && !isSo(found.step, was)) return refused({ kind: 'stepEdited' });
  const wrong = to.minutes === undefined ? null : wrongMinutes(to.minutes);
  if (wrong) return refused(wrong);
  return accepted([{ kind: 'stepChanged', step: id, to, by, at }]);
}

function isSo(step: Step, { title, instruction, minutes }: StepTexts): boolean {
  if (minutes !== undefined && minutes !== step.minutes) return false;
  if (title !== undefined && !isSameText(cleaned(title, oneLine), cleaned(step.title, oneLine))) return false;
  if (instruction === undefined) return true;
  return isSameText(cleaned(instruction, lineByLine), cleaned(step.instruction, lineByLine));
}

/** What was stored before texts of a script were cleaned stands as it was written. */
const cleaned = (texts: ByLanguage | null | undefined, clean: (text: string) => string): ByLanguage =>
  Object.fromEntries(Object.entries(texts ?? {}).map(([lang, text]) => [lang, clean(text)]));

/** A step behind the running one has begun, whatever ran since. */
function changeable(state: WorkshopState, id: StepId): { readonly step: Step; readonly index: number } | Refusal {
  const index = state.script.findIndex((step) => step.id === id);
  const step = state.script[index];
  if (!step) return { kind: 'stepUnknown' };
  return index <= state.step.index ? { kind: 'stepBegun' } : { step, index };
}

/** What closes the whole. */
const isEnd = ({ script }: WorkshopState, index: number): boolean =>
  index === script.length - 1 && script[index]?.kind === 'close';

/** Between what has begun nothing is put in, nor before a step that is about to begin, nor behind what closes the whole, unless that runs. */
function noPlaceAfter(state: WorkshopState, index: number): Refusal | null {
  const { step, script } = state;
  if (index < 0) return { kind: 'stepUnknown' };
  if (index < step.index) return { kind: 'stepBegun' };
  if (index > step.index && isEnd(state, index)) return { kind: 'stepCloses' };
  const coming = step.turn ? script.findIndex(({ id }) => id === step.turn?.to) : -1;
  return index < coming ? { kind: 'stepEnding' } : null;
}

export function wrongMinutes(minutes: number | null): Refusal | null {
  const { most } = LIMITS.minutesOfStep;
  if (minutes === null || (Number.isInteger(minutes) && minutes >= 1 && minutes <= most)) return null;
  return { kind: 'fieldInvalid', field: 'minutes', reason: `1–${most}` };
}
