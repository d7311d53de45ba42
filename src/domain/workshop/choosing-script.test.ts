import { describe, expect, test } from 'vitest';
import { MINUTE, WRITE_TOGETHER } from '../script/step.ts';
import { NOW, NORTH, host, other, aida } from './played.sample.ts';
import { Scripted, chosen, begun, step, STEPS } from './script.sample.ts';

describe('choosing a script', () => {
  test('[W70] a workshop that nobody has begun takes the script, and those who have arrived go on arriving', () => {
    const played = new Scripted();
    expect(played.ask({ kind: 'chooseScript', script: 'ours' })).toEqual([
      { kind: 'scriptChosen', script: 'ours', title: { en: 'Ours' }, steps: STEPS, by: 'host', at: NOW },
    ]);
    expect(played.state.step).toMatchObject({ id: 'arrive', index: 0, startedAt: NOW, endsAt: null });
    expect(played.state.seating.get(aida.seatId)).toBe(NORTH);
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
    const fresh = new Scripted();
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
    const played = new Scripted();
    played.choose();
    expect(played.ask({ kind: 'next', from: step('step1') })).toEqual({ kind: 'stepChanged' });
  });
});
