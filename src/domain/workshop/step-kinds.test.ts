import { describe, expect, test } from 'vitest';
import { access } from '../permissions/access.ts';
import { allows } from '../script/allows.ts';
import { MINUTE, STEP_KINDS, type Step, type StepKind } from '../script/step.ts';
import { NOW, NORTH, host, aida } from './played.sample.ts';
import { Scripted, begun, step, STEPS } from './script.sample.ts';

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
    const played = new Scripted();
    const steps = [STEPS[0]!, { id: step('it'), kind, minutes: 5 }];
    played.ask({ kind: 'chooseScript', script: null }, 0, host, { id: null, title: { en: 'x' }, steps });
    played.next();
    expect(played.see().step).toMatchObject({ kind, board: boards[kind] });
    expect(played.see().rooms[0]?.access).toBe(boards[kind]);
    expect(access({ kind: 'board', room: NORTH }, aida, played.state, NOW)).toBe(boards[kind]);
  });

  test('[W72] talk with notes writes, and settings of another sort give nothing', () => {
    expect(allows({ kind: 'talk', settings: { notes: true } })).toEqual({ board: 'write' });
    expect(allows({ kind: 'talk', settings: {} })).toEqual({ board: 'read' });
    expect(allows({ kind: 'brief', settings: { notes: true } })).toEqual({ board: 'read' });
    expect(allows({ kind: 'vote' })).toEqual({ board: 'read' });
  });

  test('[W72] from notes to talk without, people are given grace', () => {
    const played = new Scripted();
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
