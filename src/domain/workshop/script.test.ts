import { describe, expect, test } from 'vitest';
import type { Actor } from '../forum/seat.ts';
import type { ForumId, RoomId, SeatId, StepId, WorkshopId } from '../ids.ts';
import { inLanguage } from '../languages/by-language.ts';
import { LIMITS } from '../limits.ts';
import { access } from '../permissions/access.ts';
import { allows } from '../script/allows.ts';
import { STEP_KINDS, WRITE_TOGETHER, type Script, type Step, type StepKind } from '../script/step.ts';
import type { WorkshopCommand } from './commands.ts';
import { decide } from './decide.ts';
import type { GivenScript } from './decide-script.ts';
import type { WorkshopEvent } from './events.ts';
import { fold } from './evolve.ts';
import { toStore, upcast } from './upcast.ts';
import { view } from './view.ts';

const MINUTE = 60_000;
const NOW = 1_000_000;
const step = (id: string) => id as StepId;
const room = 'north' as RoomId;
const host: Actor = { seatId: 'host' as SeatId, role: 'facilitator' };
const other: Actor = { seatId: 'other' as SeatId, role: 'facilitator' };
const aida: Actor = { seatId: 'aida' as SeatId, role: 'participant' };

const STEPS: Script = [
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
const SCRIPT: GivenScript = { id: 'ours', title: { en: 'Ours' }, steps: STEPS };

class Played {
  events: readonly WorkshopEvent[] = [
    {
      kind: 'workshopOpened',
      workshop: 'w' as WorkshopId,
      forum: 'f' as ForumId,
      script: WRITE_TOGETHER,
      rooms: [{ id: room, name: 'North' }],
      at: NOW,
    },
    { kind: 'seatTaken', seat: aida.seatId, room, at: NOW },
  ];
  state = fold(null, this.events)!;

  ask(command: WorkshopCommand, minute = 0, by = host, script: GivenScript | null = SCRIPT) {
    const known = { guests: new Map(), mix: null, script };
    const decision = decide(this.state, command, by, NOW + minute * MINUTE, known);
    if (!decision.ok) return decision.refusal;
    this.events = [...this.events, ...decision.value];
    this.state = fold(this.state, decision.value)!;
    return decision.value;
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

const chosen = () => new Played().choose();
/** The briefing runs. */
const begun = () => {
  const played = chosen();
  played.next();
  return played;
};
const NEW = { id: step('new'), kind: 'pause', minutes: 15 } as const;

describe('choosing a script', () => {
  test('[W70] a workshop that nobody has begun takes the script, and those who have arrived go on arriving', () => {
    const played = new Played();
    expect(played.ask({ kind: 'chooseScript', script: 'ours' })).toEqual([
      { kind: 'scriptChosen', script: 'ours', title: { en: 'Ours' }, steps: STEPS, by: 'host', at: NOW },
    ]);
    expect(played.state.step).toMatchObject({ id: 'arrive', index: 0, startedAt: NOW, endsAt: null });
    expect(played.state.seating.get(aida.seatId)).toBe(room);
    expect(played.next()).toMatchObject([{ kind: 'stepStarted', step: 'brief', endsAt: NOW + 5 * MINUTE }]);
  });

  test('[W70] two who choose the same choose once; another choice takes its place', () => {
    const played = chosen();
    expect(played.ask({ kind: 'chooseScript', script: 'ours' }, 0, other)).toEqual([]);
    const short = { id: null, title: { en: 'Short' }, steps: STEPS.slice(0, 2) };
    expect(played.ask({ kind: 'chooseScript', script: null }, 0, other, short)).toHaveLength(1);
    expect(played.order).toEqual(['arrive', 'brief']);
  });

  test('[W70] chosen again after a step was changed, it is as it was written', () => {
    const played = chosen();
    played.ask({ kind: 'skipStep', step: step('draft') });
    expect(played.ask({ kind: 'chooseScript', script: 'ours' })).toHaveLength(1);
    expect(played.order).toEqual(STEPS.map(({ id }) => id));
  });

  test('[W70] once a step beyond arriving began, or after closing, or without a script, it is refused', () => {
    const played = begun();
    expect(played.ask({ kind: 'chooseScript', script: 'ours' })).toEqual({ kind: 'scriptBegun' });
    played.ask({ kind: 'back', from: step('brief') });
    expect(played.state.step.id).toBe('arrive');
    expect(played.ask({ kind: 'chooseScript', script: 'ours' })).toEqual({ kind: 'scriptBegun' });
    expect(played.ask({ kind: 'takeBackScript', chosen: 3 })).toEqual({ kind: 'scriptBegun' });
    const fresh = new Played();
    expect(fresh.ask({ kind: 'chooseScript', script: 'none' }, 0, host, null)).toEqual({ kind: 'scriptUnknown' });
    fresh.ask({ kind: 'closeWorkshop' });
    expect(fresh.ask({ kind: 'chooseScript', script: 'ours' })).toEqual({ kind: 'workshopClosed' });
  });

  test('[W70] the last choice is taken back, once; an older one is not', () => {
    const played = chosen();
    const { version } = played.state.chosen!;
    expect(played.ask({ kind: 'takeBackScript', chosen: version - 1 })).toEqual({ kind: 'scriptReplaced' });
    expect(played.ask({ kind: 'takeBackScript', chosen: version })).toHaveLength(1);
    expect(played.state.script).toEqual(WRITE_TOGETHER);
    expect(played.state.step).toMatchObject({ id: 'step1', index: 0, startedAt: NOW });
    expect(played.ask({ kind: 'takeBackScript', chosen: version })).toEqual({ kind: 'scriptReplaced' });
    expect(played.see(host).planning).toMatchObject({ script: null, mayChoose: true });
  });

  test('[W70] who chose from a step that another script has taken away moves nobody', () => {
    const played = new Played();
    played.choose();
    expect(played.ask({ kind: 'next', from: step('step1') })).toEqual({ kind: 'stepChanged' });
  });
});

describe('what cannot be run here yet', () => {
  test('[W71] it is kept and passed over, forwards and backwards, and never begins', () => {
    const played = begun();
    expect(played.see(host).turning?.next).toMatchObject({ step: 'draft', kind: 'draft' });
    played.next();
    expect(played.state.step.id).toBe('draft');
    expect(played.see(host).turning?.back).toMatchObject({ step: 'brief' });
    expect(played.ask({ kind: 'startStep', step: step('vote') })).toEqual({ kind: 'stepNotPlayable' });
    expect(played.ask({ kind: 'back', from: step('draft'), atOnce: true })).toMatchObject([{ step: 'brief' }]);
    expect(played.order).toContain('vote');
  });

  test('[W71] the row of steps, the plan’s end and the counting leave it out', () => {
    const played = begun();
    expect(played.see().script.map(({ id }) => id)).toEqual(['arrive', 'brief', 'draft', 'talk', 'close']);
    expect(played.see().step.index).toBe(1);
    expect(played.see(host).turning?.plannedEnd).toBe(NOW + (5 + 10 + 7) * MINUTE);
    expect(played.see(host).planning?.steps.map(({ id }) => id)).toEqual(STEPS.map(({ id }) => id));
  });
});

describe('rights by kind', () => {
  const boards: Record<StepKind, 'read' | 'write'> = {
    arrive: 'read',
    brief: 'read',
    talk: 'read',
    ask: 'read',
    writeTogether: 'write',
    draft: 'write',
    report: 'read',
    pause: 'read',
    close: 'read',
  };
  test.each(STEP_KINDS)('[W72] in %s a room’s board is as its kind says, in the view and for the server', (kind) => {
    const played = new Played();
    const steps = [STEPS[0]!, { id: step('it'), kind, minutes: 5 }];
    played.ask({ kind: 'chooseScript', script: null }, 0, host, { id: null, title: { en: 'x' }, steps });
    played.next();
    expect(played.see().step).toMatchObject({ kind, board: boards[kind] });
    expect(played.see().rooms[0]?.access).toBe(boards[kind]);
    expect(access({ kind: 'board', room }, aida, played.state, NOW)).toBe(boards[kind]);
  });

  test('[W72] talk with notes writes, and settings of another sort give nothing', () => {
    expect(allows({ kind: 'talk', settings: { notes: true } })).toEqual({ board: 'write' });
    expect(allows({ kind: 'talk', settings: {} })).toEqual({ board: 'read' });
    expect(allows({ kind: 'brief', settings: { notes: true } })).toEqual({ board: 'read' });
    expect(allows({ kind: 'vote' })).toEqual({ board: 'read' });
  });

  test('[W72] from notes to talk without, people are given grace', () => {
    const played = new Played();
    const steps: Step[] = [
      STEPS[0]!,
      { id: step('notes'), kind: 'talk', minutes: 5, settings: { notes: true } },
      { id: step('talk'), kind: 'talk', minutes: 5 },
    ];
    played.ask({ kind: 'chooseScript', script: null }, 0, host, { id: null, title: { en: 'x' }, steps });
    played.next();
    expect(played.ask({ kind: 'next', from: step('notes') })).toMatchObject([{ kind: 'turnAnnounced', to: 'talk' }]);
  });
});

describe('words', () => {
  test('[W73] everybody is told the step’s title and instruction, and nobody but those who run it the note', () => {
    const played = begun();
    expect(played.see().step).toMatchObject({
      title: { en: 'Purpose', ru: 'Цель' },
      instruction: { en: 'Listen.', ru: 'Слушайте.' },
      task: 'listen',
    });
    for (const role of ['participant', 'observer', 'translator'] as const) {
      const bytes = JSON.stringify(played.see({ ...aida, role }));
      expect([role, bytes.includes('canary')]).toEqual([role, false]);
      expect(bytes).not.toContain('planning');
    }
    expect(played.see(host).planning?.note).toBe('canary-note: wake them up');
    // nor of the steps that come, to anybody: whoever runs it looks into the script for them
    expect(JSON.stringify(played.see(host))).not.toContain('second');
  });

  test('[W73] own language first, then the forum’s in their order, then whatever there is', () => {
    const texts = { ru: 'Пишите', uz: 'Yozing', ky: 'Жазгыла' };
    expect(inLanguage(texts, ['ru', 'en'])).toEqual({ lang: 'ru', text: 'Пишите' });
    expect(inLanguage(texts, ['ur', 'en', 'uz', 'ru'])).toEqual({ lang: 'uz', text: 'Yozing' });
    expect(inLanguage(texts, ['uz-Cyrl'])).toEqual({ lang: 'uz', text: 'Yozing' });
    expect(inLanguage(texts, ['ur'])).toEqual({ lang: 'ru', text: 'Пишите' });
    expect(inLanguage(texts, ['constructor', '__proto__'])?.lang).toBe('ru');
    expect(inLanguage(undefined, ['en'])).toBeNull();
  });
});

describe('changing what is to come', () => {
  test('[W74] a step is put in after another, and taken out again', () => {
    const played = begun();
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('draft') })).toEqual([
      { kind: 'stepInserted', step: NEW, after: 'draft', by: 'host', at: NOW },
    ]);
    expect(played.order).toEqual(['arrive', 'brief', 'vote', 'draft', 'new', 'talk', 'close']);
    expect(played.ask({ kind: 'removeStep', step: NEW.id })).toHaveLength(1);
    expect(played.order).toEqual(STEPS.map(({ id }) => id));
    expect(played.ask({ kind: 'removeStep', step: NEW.id })).toEqual([]);
    expect(played.ask({ kind: 'removeStep', step: step('talk') })).toEqual({ kind: 'notAllowed' });
  });

  test('[W74] put in twice it stands once; under an id that stands elsewhere it is refused', () => {
    const played = begun();
    played.ask({ kind: 'insertStep', step: NEW, after: step('draft') });
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('draft') }, 0, other)).toEqual([]);
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('talk') })).toEqual({ kind: 'stepMoved' });
  });

  test('[W74] while next is on its way: who pressed it goes on to what was put in', () => {
    const played = begun();
    played.ask({ kind: 'insertStep', step: NEW, after: step('brief') }, 0, other);
    expect(played.ask({ kind: 'next', from: step('brief') })).toMatchObject([{ kind: 'stepStarted', step: 'new' }]);
    // and who puts a step in after one that is over by then is told
    const late = { ...NEW, id: step('late') };
    expect(played.ask({ kind: 'insertStep', step: late, after: step('brief') })).toEqual({ kind: 'stepBegun' });
    expect(played.state.step).toMatchObject({ id: 'new', index: 2 });
  });

  test('[W74] before a step that is announced nothing is put in, and it is not moved, skipped or taken out', () => {
    const played = begun();
    played.next();
    played.ask({ kind: 'insertStep', step: NEW, after: step('draft') });
    played.ask({ kind: 'next', from: step('draft') });
    expect(played.state.step.turn?.to).toBe('new');
    const late = { ...NEW, id: step('late') };
    const ending = { kind: 'stepEnding' };
    expect(played.ask({ kind: 'insertStep', step: late, after: step('draft') })).toEqual(ending);
    expect(played.ask({ kind: 'moveStep', step: step('talk'), after: step('draft') })).toEqual(ending);
    expect(played.ask({ kind: 'moveStep', step: NEW.id, after: step('talk') })).toEqual(ending);
    expect(played.ask({ kind: 'skipStep', step: NEW.id })).toEqual(ending);
    expect(played.ask({ kind: 'removeStep', step: NEW.id })).toEqual(ending);
    expect(played.ask({ kind: 'insertStep', step: late, after: step('talk') })).toHaveLength(1);
  });

  test('[W74] no more steps than a script may have, no unheard-of place, no length beyond the limit', () => {
    const played = begun();
    const { most } = LIMITS.stepsOfScript;
    for (let count = STEPS.length; count < most; count += 1) {
      played.ask({ kind: 'insertStep', step: { ...NEW, id: step(`n${count}`) }, after: step('brief') });
    }
    expect(played.state.script).toHaveLength(most);
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('brief') })).toMatchObject({ what: 'steps', most });
    expect(begun().ask({ kind: 'insertStep', step: NEW, after: step('nowhere') })).toEqual({ kind: 'stepUnknown' });
    const endless = { ...NEW, minutes: LIMITS.minutesOfStep.most + 1 };
    expect(begun().ask({ kind: 'insertStep', step: endless, after: step('brief') })).toMatchObject({
      field: 'minutes',
    });
  });

  test('[W75] a step that is to come is moved, and back; of two who move it the second is told', () => {
    const played = begun();
    const move = { kind: 'moveStep', step: step('talk'), after: step('brief'), was: step('draft') } as const;
    expect(played.ask(move)).toEqual([{ kind: 'stepMoved', step: 'talk', after: 'brief', by: 'host', at: NOW }]);
    expect(played.order).toEqual(['arrive', 'brief', 'talk', 'vote', 'draft', 'close']);
    expect(played.ask(move, 0, other)).toEqual([]);
    expect(played.ask({ ...move, after: step('close') }, 0, other)).toEqual({ kind: 'stepMoved' });
    expect(played.ask({ ...move, after: step('draft'), was: step('brief') })).toHaveLength(1);
    expect(played.order).toEqual(STEPS.map(({ id }) => id));
  });

  test('[W75] what has begun is not moved, nor anything between it; a step is not moved after itself', () => {
    const played = begun();
    const to = (id: string, after: string) => played.ask({ kind: 'moveStep', step: step(id), after: step(after) });
    expect(to('brief', 'draft')).toEqual({ kind: 'stepBegun' });
    expect(to('draft', 'arrive')).toEqual({ kind: 'stepBegun' });
    expect(to('draft', 'nowhere')).toEqual({ kind: 'stepUnknown' });
    expect(to('nowhere', 'draft')).toEqual({ kind: 'stepUnknown' });
    expect(to('draft', 'draft')).toEqual({ kind: 'stepMoved' });
  });

  test('[W76] a skipped step is passed over until it is wanted again; it may be begun by name', () => {
    const played = begun();
    expect(played.ask({ kind: 'skipStep', step: step('draft') })).toHaveLength(1);
    expect(played.ask({ kind: 'skipStep', step: step('draft') }, 0, other)).toEqual([]);
    expect(played.see(host).turning?.next?.step).toBe('talk');
    expect(played.see().script.map(({ id }) => id)).not.toContain('draft');
    expect(played.ask({ kind: 'unskipStep', step: step('draft') })).toHaveLength(1);
    expect(played.see(host).turning?.next?.step).toBe('draft');
    played.ask({ kind: 'skipStep', step: step('draft') });
    played.ask({ kind: 'startStep', step: step('draft') });
    expect(played.order).toContain('draft');
    expect(played.see().step).toMatchObject({ id: 'draft', index: 2 });
    for (const kind of ['skipStep', 'unskipStep'] as const) {
      expect(played.ask({ kind, step: step('draft') })).toEqual({ kind: 'stepBegun' });
      expect(played.ask({ kind, step: step('nowhere') })).toEqual({ kind: 'stepUnknown' });
    }
  });

  test('[W77] [S81] words that were stored before they were cleaned can be changed', () => {
    const played = begun();
    const stored = { title: { en: 'Word  it\u200f' }, instruction: { en: 'Four \neach.' } };
    const changed = { kind: 'stepChanged', step: step('draft'), to: stored, by: host.seatId, at: NOW } as const;
    played.state = fold(played.state, [changed])!;
    const was = { title: { en: 'Word it' }, instruction: { en: 'Four\neach.' } }; // as a page sends it, once it is cleaned
    const to = { title: { en: 'Write it' }, instruction: { en: 'Three each.' } };
    expect(played.ask({ kind: 'changeStep', step: step('draft'), to, was })).toHaveLength(1);
    expect(played.state.script[3]).toMatchObject(to);
  });

  test('[W77] title, instruction and minutes are changed until the step begins; of two the second is told', () => {
    const played = begun();
    const to = { title: { en: 'Word it' }, instruction: { en: 'Four each.' }, minutes: 12 };
    const was = { title: null, instruction: null, minutes: 10 };
    expect(played.ask({ kind: 'changeStep', step: step('draft'), to, was })).toEqual([
      { kind: 'stepChanged', step: 'draft', to, by: 'host', at: NOW },
    ]);
    expect(played.state.script[3]).toMatchObject({ ...to, note: 'canary-note: second' });
    expect(played.ask({ kind: 'changeStep', step: step('draft'), to, was }, 0, other)).toEqual([]);
    const late = {
      kind: 'changeStep',
      step: step('draft'),
      to: { title: { en: 'Late' } },
      was: { title: null },
    } as const;
    expect(played.ask(late, 0, other)).toEqual({ kind: 'stepEdited' });
    expect(played.ask({ kind: 'changeStep', step: step('draft'), to: was, was: to })).toHaveLength(1);
    expect(played.state.script).toEqual(STEPS);
    expect(played.ask({ ...late, step: step('brief') })).toEqual({ kind: 'stepBegun' });
    expect(played.ask({ ...late, step: step('nowhere') })).toEqual({ kind: 'stepUnknown' });
    expect(played.ask({ ...late, to: { minutes: 0 } })).toMatchObject({ kind: 'fieldInvalid', field: 'minutes' });
    // a step about which somebody else changed another thing is no other step
    played.ask({ kind: 'changeStep', step: step('talk'), to: { minutes: 9 } });
    expect(played.ask({ ...late, step: step('talk') })).toHaveLength(1);
  });

  test('[W74] a closed workshop’s script stands, and participants change none', () => {
    const deeds: WorkshopCommand[] = [
      { kind: 'insertStep', step: NEW, after: step('draft') },
      { kind: 'removeStep', step: step('draft') },
      { kind: 'moveStep', step: step('talk'), after: step('brief') },
      { kind: 'skipStep', step: step('draft') },
      { kind: 'unskipStep', step: step('draft') },
      { kind: 'changeStep', step: step('draft'), to: { minutes: 3 } },
    ];
    const played = begun();
    for (const deed of deeds) expect(played.ask(deed, 0, aida)).toEqual({ kind: 'notAllowed' });
    played.ask({ kind: 'closeWorkshop' });
    for (const deed of deeds) expect(played.ask(deed)).toEqual({ kind: 'workshopClosed' });
  });

  test('[W57] all of it is stored and read again as it was', () => {
    const played = begun();
    played.ask({ kind: 'insertStep', step: NEW, after: step('draft') });
    played.ask({ kind: 'moveStep', step: step('talk'), after: step('brief') });
    played.ask({ kind: 'skipStep', step: step('draft') });
    played.ask({ kind: 'changeStep', step: step('close'), to: { title: { ru: 'Конец' } } });
    const stored = played.events.map((event) => upcast(JSON.parse(JSON.stringify(toStore(event))) as never));
    expect(fold(null, stored)).toEqual(played.state);
  });
});
