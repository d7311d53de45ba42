import { expect, test } from 'vitest';
import type { SeatId, StepId } from '#domain/ids.ts';
import type { TurningView, WorkshopView } from '#domain/workshop/view.ts';
import { translator } from '#lib/i18n/text.ts';
import { becameOf } from './subject.ts';

const said = (key: string) => (values?: Readonly<Record<string, unknown>>) =>
  [key, ...Object.values(values ?? {})].join();
const t = translator(new Proxy({}, { get: (_, key: string) => said(key) }), 'en');
const [fred, talk] = ['fred' as SeatId, 'talk' as StepId];
const script = ['draft', 'talk'].map((id) => ({ id: id as StepId, kind: 'draft', title: { en: id } }) as const);

function became(began: number, index: number, turning: Partial<TurningView>, closed = false) {
  const step = { ...script[index], index, began };
  const view = { closed, step, script, turning: { turn: null, ...turning } } as unknown as WorkshopView;
  return becameOf(t, view, { began: 7, index: 0 }, (seat) => seat.toUpperCase());
}

test.each([
  ['while the step runs it holds', became(7, 0, { begun: { began: 7 } }), null],
  ['somebody went on', became(9, 1, { begun: { began: 9, by: fred } }), 'control.wentOn,talk,FRED'],
  ['by itself', became(9, 1, { begun: { began: 9 } }), 'control.started,talk'],
  ['who it was is not told yet', became(9, 1, { begun: { began: 7, by: fred } }), ''],
  [
    'the end is announced',
    became(7, 0, { turn: { to: talk, startsAt: 1, by: fred } }),
    'control.announcedBy,talk,FRED',
  ],
  ['of a stored turn nobody is known', became(7, 0, { turn: { to: talk, startsAt: 1 } }), 'control.turnAnnounced,talk'],
  ['it is closed', became(7, 0, {}, true), 'control.closed'],
])('[W146] a question about a step says what became of it: %s', (_, words, expected) => expect(words).toBe(expected));

test('[W146] who went back is told so', () => {
  const step = { ...script[0], index: 0, began: 9 };
  const view = { closed: false, step, script, turning: { turn: null, begun: { began: 9, by: fred } } };
  const words = becameOf(t, view as unknown as WorkshopView, { began: 7, index: 1 }, () => 'Fred');
  expect(words).toBe('control.wentBack,draft,Fred');
});
