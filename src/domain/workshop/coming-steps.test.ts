import { describe, expect, test } from 'vitest';
import { LIMITS } from '../limits.ts';
import type { WorkshopCommand } from './commands.ts';
import { NOW, host, other, aida } from './played.sample.ts';
import { begun, step, STEPS, NEW } from './script.sample.ts';

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

  test('[W74] what closes the whole stays last, unless it runs', () => {
    const played = begun();
    const closes = { kind: 'stepCloses' };
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('close') })).toEqual(closes);
    expect(played.ask({ kind: 'moveStep', step: step('draft'), after: step('close') })).toEqual(closes);
    expect(played.ask({ kind: 'moveStep', step: step('close'), after: step('brief') })).toEqual(closes);
    played.ask({ kind: 'startStep', step: step('close') });
    expect(played.ask({ kind: 'insertStep', step: NEW, after: step('close') })).toHaveLength(1);
  });

  test('[W168] a step is parked, takes no time, and is put back where it is wanted, as it was', () => {
    const played = begun();
    const park = { kind: 'parkStep', step: step('draft') } as const;
    expect(played.ask(park)).toEqual([{ kind: 'stepParked', step: 'draft', by: 'host', at: NOW }]);
    expect(played.ask(park, 0, other)).toEqual([]);
    expect(played.order).toEqual(['arrive', 'brief', 'vote', 'talk', 'close']);
    expect(played.see(host).planning?.parked?.map(({ id }) => id)).toEqual(['draft']);
    expect(played.see(aida)).not.toHaveProperty('planning');
    expect(played.ask({ kind: 'insertStep', step: { ...NEW, id: step('draft') }, after: step('brief') })).toEqual({
      kind: 'stepMoved',
    });
    expect(played.ask({ kind: 'startStep', step: step('draft') })).toEqual({ kind: 'stepUnknown' });
    const unpark = { kind: 'unparkStep', step: step('draft'), after: step('talk') } as const;
    expect(played.ask({ ...unpark, after: step('close') })).toEqual({ kind: 'stepCloses' });
    expect(played.ask({ ...unpark, after: step('arrive') })).toEqual({ kind: 'stepBegun' });
    expect(played.ask(unpark)).toHaveLength(1);
    expect(played.ask(unpark, 0, other)).toEqual([]);
    expect(played.ask({ ...unpark, after: step('brief') })).toEqual({ kind: 'stepMoved' });
    expect(played.order).toEqual(['arrive', 'brief', 'vote', 'talk', 'draft', 'close']);
    expect(played.state.script[4]).toEqual(STEPS[3]);
    expect(played.state).not.toHaveProperty('parked');
    expect(played.afterRestart.script).toEqual(played.state.script);
  });

  test('[W168] what has begun, is about to, or closes the whole is not parked', () => {
    const played = begun();
    const park = (id: string) => played.ask({ kind: 'parkStep', step: step(id) });
    expect([park('brief'), park('close'), park('nowhere')]).toEqual([
      { kind: 'stepBegun' },
      { kind: 'stepCloses' },
      { kind: 'stepUnknown' },
    ]);
    played.next();
    played.ask({ kind: 'next', from: step('draft') });
    expect(park('talk')).toEqual({ kind: 'stepEnding' });
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
    played.add([changed]);
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
    expect(played.afterRestart).toEqual(played.state);
  });
});
