import type { StepId } from '../ids.ts';
import { MINUTE, WRITE_TOGETHER, type Script } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import type { GivenScript } from './decide-script.ts';
import { Given, NOW, host, aida } from './played.sample.ts';
import { view } from './view.ts';

export const step = (id: string) => id as StepId;

export const STEPS: Script = [
  { id: step('arrive'), kind: 'arrive', minutes: 3 },
  {
    id: step('brief'),
    kind: 'brief',
    minutes: 5,
    title: { en: 'Purpose', ru: 'Цель' },
    instruction: { en: 'Listen.', ru: 'Слушайте.' },
    note: 'canary-note: wake them up',
  },
  { id: step('vote'), kind: 'vote', minutes: 4 },
  { id: step('draft'), kind: 'draft', minutes: 10, note: 'canary-note: second' },
  { id: step('talk'), kind: 'talk', minutes: 7 },
  { id: step('close'), kind: 'close', minutes: null },
];
export const NEW = { id: step('new'), kind: 'pause', minutes: 15 } as const;
const SCRIPT: GivenScript = { id: 'ours', title: { en: 'Ours' }, steps: STEPS };

/** A workshop that has the script it was made with, beside one that may be chosen. */
export class Scripted extends Given {
  constructor() {
    super(WRITE_TOGETHER);
  }
  ask(command: WorkshopCommand, minute = 0, by = host, script: GivenScript | null = SCRIPT) {
    const known = { guests: new Map(), mix: null, script };
    const decision = this.when(command, by, NOW + minute * MINUTE, known);
    return decision.ok ? decision.value : decision.refusal;
  }
  choose() {
    this.ask({ kind: 'chooseScript', script: 'ours' });
    return this;
  }
  next() {
    return this.ask({ kind: 'next', from: this.state.step.id, atOnce: true });
  }
  /** The whole script by its ids: `-` before what is skipped. */
  get order(): string[] {
    return this.state.script.map(({ id, isSkipped }) => (isSkipped ? `-${id}` : id));
  }
  see(by = aida, minute = 0) {
    return view(this.state, by, NOW + minute * MINUTE);
  }
}

export const chosen = () => new Scripted().choose();
/** The briefing runs. */
export const begun = () => {
  const played = chosen();
  played.next();
  return played;
};
