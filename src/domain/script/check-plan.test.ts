import { describe, expect, test } from 'vitest';
import type { StepId } from '../ids.ts';
import { checkPlan, type PlannedHall, type PlanRemark } from './check-plan.ts';
import { planOf } from './plan.ts';
import type { Step } from './step.ts';

const HALL: PlannedHall = { people: 35, rooms: 5, languages: ['en', 'ru'], startsAt: '14:00', until: null };
const step = (kind: Step['kind'], minutes: number | null, more: Partial<Step> = {}): Step => ({
  id: kind as string as StepId,
  kind,
  minutes,
  ...more,
});
const found = (steps: readonly Step[], hall: Partial<PlannedHall> = {}): PlanRemark[] =>
  checkPlan(steps, { ...HALL, ...hall });

describe('[W119] what a script comes to in a forum is foreseen', () => {
  test.each([
    [35, 5, 10],
    [36, 6, 0],
    [300, 60, 0],
    [300, 30, 0],
    [40, 5, 15],
    [7, 2, 3],
    [2, 2, 0],
  ])('%i people who are mixed in %i rooms: at least %i pairs meet again', (people, rooms, pairs) => {
    const remarks = found([step('talk', 10), step('draft', 10, { seating: 'shuffle' })], { people, rooms });
    expect(remarks.filter(({ remark }) => remark.kind === 'meetAgain')).toEqual(
      pairs === 0 ? [] : [{ step: 1, remark: { kind: 'meetAgain', pairs, people, rooms } }],
    );
  });

  test('in one room nobody is mixed; pairs and whoever goes home meet nobody again', () => {
    expect(found([step('talk', 10, { seating: 'rotate' })], { rooms: 1 })).toEqual([
      { step: 0, remark: { kind: 'oneRoom' } },
    ]);
    expect(
      found([step('talk', 9, { seating: 'home' }), step('talk', 9, { place: 'pairs', seating: 'shuffle' })]),
    ).toEqual([]);
  });

  test('turns and reports that take longer than their step are named with what they need', () => {
    const steps = [
      step('talk', 10, { settings: { turns: { each: 120 } } }),
      step('talk', 14, { settings: { turns: { each: 120 } } }),
      step('talk', 10, { place: 'plenary', settings: { turns: { each: 30 } } }),
      step('talk', 5, { place: { groups: 4 }, settings: { turns: { each: 60 } } }),
      step('talk', 4, { place: 'pairs', settings: { turns: { each: 120 } } }),
      step('report', 9),
      step('report', null, { settings: { seconds: 600 } }),
    ];
    expect(found(steps)).toEqual([
      { step: 0, remark: { kind: 'turnsTooLong', people: 7, seconds: 120, needs: 14 } },
      { step: 2, remark: { kind: 'turnsTooLong', people: 35, seconds: 30, needs: 18 } },
      { step: 5, remark: { kind: 'reportTooLong', rooms: 5, seconds: 120, needs: 10 } },
    ]);
  });

  test('words that some cannot read, kinds that cannot be run, rooms and groups that are too many or too large', () => {
    const worded = { title: { en: 'Talk' }, instruction: { en: 'Talk.', ru: ' ', kk: 'Сөйлесіңіз.' } };
    expect(found([step('talk', 5, worded), step('vote', 5, { title: { ru: 'Голос' } })])).toEqual([
      { step: 0, remark: { kind: 'wordsMissing', languages: ['ru'] } },
      { step: 1, remark: { kind: 'wordsMissing', languages: ['en'] } },
      { step: 1, remark: { kind: 'passedOver' } },
    ]);
    expect(found([step('draft', 5)], { people: 7, rooms: 5 })).toEqual([
      { step: null, remark: { kind: 'someAlone', people: 7, rooms: 5 } },
    ]);
    expect(found([step('talk', 5, { place: { groups: 6 } })], { people: 5, rooms: 1 })).toEqual([
      { step: 0, remark: { kind: 'groupsTooLarge', group: 6, people: 5 } },
    ]);
  });

  test('pairs and groups that are to be joined where nobody was in any that can be run', () => {
    const inPairs = (kind: Step['kind'], more: Partial<Step> = {}) => step(kind, 5, { place: 'pairs', ...more });
    const nothing = (place: number) => [{ step: place, remark: { kind: 'joinsNothing' } }];
    const joined = (...steps: Step[]) => found(steps).filter(({ remark }) => remark.kind !== 'passedOver');
    const fours = step('talk', 5, { seating: 'join', place: { groups: 4 } });
    expect(joined(fours)).toEqual(nothing(0));
    expect(joined(step('talk', 5), fours)).toEqual(nothing(1));
    expect(joined(inPairs('talk'), fours)).toEqual([]);
    expect(joined(inPairs('talk'), step('pause', 5), fours)).toEqual([]);
    expect(joined(inPairs('select'), fours)).toEqual(nothing(1));
    expect(joined(inPairs('pause'), fours)).toEqual(nothing(1));
    expect(joined(inPairs('talk', { isSkipped: true }), fours)).toEqual(nothing(1));
    expect(joined(step('select', 5, { seating: 'join', place: { groups: 4 } }))).toEqual([]);
    expect(joined(step('draft', 5, { seating: 'join' }))).toEqual(nothing(0));
  });

  test('what pairs and groups write on boards of their own is in no outcome document; where they talk nothing is written', () => {
    const apart = (...steps: Step[]) => found(steps).filter(({ remark }) => remark.kind === 'staysApart');
    expect(apart(step('talk', 5, { place: 'pairs' }), step('draft', 5), step('draft', 5, { place: 'rooms' }))).toEqual(
      [],
    );
    expect(apart(step('draft', 5, { place: 'pairs' }), step('draft', 5, { place: { groups: 4 } }))).toEqual([
      { step: 0, remark: { kind: 'staysApart' } },
      { step: 1, remark: { kind: 'staysApart' } },
    ]);
    expect(apart(step('write', 5, { place: 'pairs' }))).toEqual([]);
  });

  test('times that cannot be kept: begun late, waited for, back before it begins, over the end', () => {
    const steps = [
      step('brief', 20),
      step('talk', 30, { startsAt: '14:10' }),
      step('pause', 10, { startsAt: '15:00', settings: { backAt: '14:55' } }),
      step('draft', 30),
    ];
    expect(found(steps, { until: '15:30' })).toEqual([
      { step: 1, remark: { kind: 'startsLate', at: '14:10', minutes: 10 } },
      { step: 2, remark: { kind: 'waits', at: '15:00', minutes: 10 } },
      { step: 2, remark: { kind: 'backBefore', at: '14:55', minutes: 5 } },
      { step: null, remark: { kind: 'endsLate', at: '15:30', minutes: 10 } },
    ]);
    expect(found(steps, { startsAt: null, until: '15:30' })).toEqual([]);
  });

  test('a workshop goes on past midnight', () => {
    const steps = [step('brief', 50), step('talk', 10, { startsAt: '00:10' }), step('draft', 30)];
    expect(planOf(steps, '23:00')).toEqual({
      times: [
        { after: 0, pinned: null },
        { after: 70, pinned: 20 },
        { after: 80, pinned: null },
      ],
      minutes: 110,
    });
    expect(found(steps, { startsAt: '23:00', until: '00:50' })).toEqual([
      { step: 1, remark: { kind: 'waits', at: '00:10', minutes: 20 } },
    ]);
  });

  test('a hall without people or rooms has no figures, and ends nothing', () => {
    expect(
      found([step('talk', 5, { seating: 'shuffle', settings: { turns: { each: 60 } } })], { people: 0, rooms: 0 }),
    ).toEqual([{ step: 0, remark: { kind: 'oneRoom' } }]);
  });
});
