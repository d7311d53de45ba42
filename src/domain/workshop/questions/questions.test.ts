import { describe, expect, test } from 'vitest';
import type { Actor } from '../../forum/seat.ts';
import type { QuestionId, SeatId, StepId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import type { Step } from '../../script/step.ts';
import type { WorkshopCommand } from '../commands.ts';
import type { WorkshopEvent } from '../events.ts';
import { RunningStep, NOW, host, actor, aida, azat, bolot, late, id, LAST, NORTH, SOUTH } from '../played.sample.ts';
import { hallQuestions, ownQuestions, questionsIn } from './view.ts';

const [ASK, MORE] = [id<StepId>('ask'), id<StepId>('more')];

class Played extends RunningStep {
  constructor(given: Pick<Step, 'settings' | 'place'> = {}) {
    super({ id: ASK, kind: 'ask', minutes: 5, ...given }, { id: MORE, kind: 'ask', minutes: 5 });
  }
  put(who: Actor, name: string, text = name, began = this.state.step.began) {
    return this.ask({ kind: 'askQuestion', id: id<QuestionId>(name), text, lang: 'en', began }, who);
  }
  to(kind: Extract<WorkshopCommand, { question: QuestionId }>['kind'], name: string, by: Actor = host) {
    return this.ask({ kind, question: id<QuestionId>(name) }, by);
  }
  heard(circle: Parameters<typeof questionsIn>[1] = NORTH) {
    return questionsIn(this.state, circle).map(({ text, support }) => [text, support]);
  }
  own(who: Actor) {
    return ownQuestions(this.state, who.seatId);
  }
}

const askedBy = (count: number, name: string): WorkshopEvent[] =>
  Array.from({ length: count }, (_, index) => `${name}${index}`).flatMap((one): WorkshopEvent[] => [
    { kind: 'seatTaken', seat: id<SeatId>(one), room: NORTH, at: NOW },
    {
      kind: 'questionAsked',
      question: id<QuestionId>(one),
      circle: NORTH,
      seat: id<SeatId>(one),
      text: 'x',
      lang: 'en',
      at: NOW,
    },
  ]);

describe('asking', () => {
  test('[W95] one line, once however often it is sent, in the language that its letters can be', () => {
    const played = new Played();
    expect(played.put(aida, 'one', ' Who\npays\u2028for it? ')).toEqual(['questionAsked']);
    expect(played.put(aida, 'one', 'Who pays for it?')).toEqual([]);
    expect(played.put(azat, 'one', 'mine')).toEqual({ kind: 'notAllowed' });
    played.put(aida, 'two', 'کون؟');
    expect(questionsIn(played.state, NORTH).map(({ text, lang }) => [text, lang])).toEqual([
      ['Who pays for it?', 'en'],
      ['کون؟', 'und-Arab'],
    ]);
    expect(played.put(aida, 'x', ' \u200b\n ')).toEqual({ kind: 'fieldMissing', field: 'question' });
    const { most } = LIMITS.lettersOfQuestion;
    expect(played.put(aida, 'x', '😀'.repeat(most + 1))).toMatchObject({ kind: 'fieldInvalid', field: 'question' });
    expect(played.put(aida, 'x', '😀'.repeat(most))).toEqual(['questionAsked']);
    expect(played.put(late, 'late')).toEqual({ kind: 'roomUnknown' });
    expect(played.put(host, 'host')).toEqual({ kind: 'notAllowed' });
  });

  test('[W95] taken back by who asked, and only so many: an answer makes room', () => {
    const played = new Played();
    const { most } = LIMITS.questionsOfSeat;
    for (let count = 0; count < most; count += 1) played.put(aida, `q${count}`);
    const full = { kind: 'limitReached', what: 'ownQuestions', most };
    expect(played.put(aida, 'more')).toMatchObject(full);
    expect(played.to('answerQuestion', 'q0')).toEqual(['questionAnswered']);
    expect(played.put(aida, 'more')).toEqual(['questionAsked']);
    expect(played.put(aida, 'again')).toMatchObject(full);
    expect(played.to('takeBackQuestion', 'more', azat)).toEqual({ kind: 'notAllowed' });
    expect(played.to('takeBackQuestion', 'more', aida)).toEqual(['questionTakenBack']);
    expect(played.to('takeBackQuestion', 'more', aida)).toEqual({ kind: 'questionGone' });
    expect(played.put(aida, 'again')).toEqual(['questionAsked']);
  });

  test('[W95] who was moved asks in the new room as many as anybody', () => {
    const played = new Played();
    for (let count = 0; count < LIMITS.questionsOfSeat.most; count += 1) played.put(aida, `q${count}`);
    played.ask({ kind: 'moveSeat', seat: aida.seatId, room: SOUTH });
    expect(played.put(aida, 'here')).toEqual(['questionAsked']);
    expect(played.heard(SOUTH)).toEqual([['here', 0]]);
  });

  test('[W95] a step holds only so many open ones of those who sit here', () => {
    const played = new Played();
    const { most } = LIMITS.questionsOfStep;
    played.add(askedBy(most, 'seat'));
    const full = { kind: 'limitReached', what: 'questions', most };
    expect(played.put(aida, 'more')).toMatchObject(full);
    for (const [free, back] of [
      [() => played.to('answerQuestion', 'seat0'), () => played.to('reopenQuestion', 'seat0')],
      [() => played.to('setQuestionAside', 'seat0'), () => played.to('bringQuestionBack', 'seat0')],
      [
        () => played.add([{ kind: 'seatLeft', seat: id<SeatId>('seat0'), at: NOW }]),
        () => played.add([{ kind: 'seatTaken', seat: id<SeatId>('seat0'), room: NORTH, at: NOW }]),
      ],
    ] as const) {
      free();
      expect(played.put(aida, 'more')).toEqual(['questionAsked']);
      expect(played.to('takeBackQuestion', 'more', aida)).toEqual(['questionTakenBack']);
      back();
      expect(played.put(aida, 'more')).toMatchObject(full);
    }
    expect(played.to('takeBackQuestion', 'seat0', actor('seat0'))).toEqual(['questionTakenBack']);
    expect(played.put(aida, 'more')).toEqual(['questionAsked']);
  });

  test('[W95] whoever comes and goes fills a step only so far', () => {
    const played = new Played();
    const { most } = LIMITS.questionsKeptOfStep;
    played.add(askedBy(most, 'gone').filter(({ kind }) => kind === 'questionAsked'));
    expect(played.put(aida, 'more')).toMatchObject({ kind: 'limitReached', what: 'questionsKept', most });
  });

  test('[W95] what was meant for a step that is over is refused, and a closed workshop takes none', () => {
    const played = new Played();
    const { began } = played.state.step;
    played.put(aida, 'one');
    played.ask({ kind: 'next', from: ASK });
    expect(played.put(aida, 'two', 'two', began)).toEqual({ kind: 'stepChanged' });
    expect(played.put(aida, 'two')).toEqual({ kind: 'notAllowed' });
    expect(played.to('answerQuestion', 'one')).toEqual({ kind: 'questionGone' });
    played.ask({ kind: 'closeWorkshop' });
    expect(played.put(aida, 'two')).toEqual({ kind: 'workshopClosed' });
    expect([hallQuestions(played.state), played.own(aida), played.heard('all')]).toEqual([null, null, []]);
  });
});

describe('support', () => {
  test('[W96] once, taken back, and not for oneself', () => {
    const played = new Played();
    played.put(aida, 'one');
    expect(played.to('supportQuestion', 'one', azat)).toEqual(['questionSupported']);
    expect(played.to('supportQuestion', 'one', azat)).toEqual([]);
    expect([played.heard(), played.own(azat)?.supported]).toEqual([[['one', 1]], ['one']]);
    expect(played.to('unsupportQuestion', 'one', azat)).toEqual(['questionUnsupported']);
    expect(played.to('unsupportQuestion', 'one', azat)).toEqual([]);
    expect(played.heard()).toEqual([['one', 0]]);
    expect(played.to('supportQuestion', 'one', aida)).toEqual({ kind: 'notAllowed' });
    expect(played.to('supportQuestion', 'one', bolot)).toEqual({ kind: 'questionGone' });
    expect(played.to('supportQuestion', 'one', late)).toEqual({ kind: 'questionGone' });
    expect(played.to('supportQuestion', 'one', host)).toEqual({ kind: 'notAllowed' });

    const without = new Played({ settings: { upvote: false } });
    without.put(aida, 'one');
    expect(without.to('supportQuestion', 'one', azat)).toEqual({ kind: 'notAllowed' });
  });
});

test('[W97] answered and set aside by those who run the workshop, each with a way back', () => {
  const played = new Played();
  played.put(aida, 'one');
  played.put(azat, 'two');
  for (const [kind, back] of [
    ['answerQuestion', 'reopenQuestion'],
    ['setQuestionAside', 'bringQuestionBack'],
  ] as const) {
    const before = played.heard();
    expect(played.to(kind, 'one', aida)).toEqual({ kind: 'notAllowed' });
    expect(played.to(back, 'one')).toEqual([]);
    expect(played.to(kind, 'one')).toHaveLength(1);
    expect(played.to(kind, 'one')).toEqual([]);
    expect(played.to(back, 'one')).toHaveLength(1);
    expect(played.heard()).toEqual(before);
  }
  played.to('setQuestionAside', 'one');
  expect([played.heard(), played.heard('heard'), played.heard('all').length]).toEqual([[['two', 0]], [['two', 0]], 2]);
  expect([aida, azat].map((who) => played.own(who)?.aside.map(({ text }) => text))).toEqual([['one'], []]);
  expect(played.to('supportQuestion', 'one', azat)).toEqual({ kind: 'questionGone' });
});

test('[W98] a room keeps its questions, all together hear all, and without names nobody is told who asked', () => {
  const rooms = new Played();
  rooms.put(aida, 'one');
  rooms.put(bolot, 'two');
  expect([rooms.heard(NORTH), rooms.heard(SOUTH)]).toEqual([[['one', 0]], [['two', 0]]]);
  expect(questionsIn(rooms.state, NORTH)[0]?.seat).toBe('aida');
  rooms.ask({ kind: 'moveSeat', seat: aida.seatId, room: SOUTH });
  expect(rooms.to('supportQuestion', 'two', aida)).toEqual(['questionSupported']);
  expect(JSON.stringify([rooms.own(bolot), questionsIn(rooms.state, SOUTH)])).not.toContain('aida');

  const hall = new Played({ place: 'plenary', settings: { anonymous: true } });
  hall.put(aida, 'one');
  hall.to('supportQuestion', 'one', bolot);
  expect(hall.heard(null)).toEqual([['one', 1]]);
  expect(hall.own(azat)).toMatchObject({ circle: null, isAnonymous: true, asked: [], supported: [] });
  expect([hall.put(late, 'late'), hall.own(late)]).toEqual([{ kind: 'roomUnknown' }, null]);
  const told = [
    questionsIn(hall.state, null),
    questionsIn(hall.state, 'all'),
    hallQuestions(hall.state),
    hall.own(azat),
  ];
  expect(JSON.stringify(told)).not.toMatch(/aida|bolot/);
});

test('[W99] kept with the step, also when it runs again, and all of it is in the events', () => {
  const played = new Played();
  played.put(aida, 'one');
  played.to('supportQuestion', 'one', azat);
  played.ask({ kind: 'next', from: ASK });
  expect(played.heard('all')).toEqual([]);
  played.ask({ kind: 'next', from: LAST });
  expect([played.heard('all'), played.own(aida)?.asked]).toEqual([[], []]);
  played.ask({ kind: 'back', from: MORE });
  played.ask({ kind: 'back', from: LAST });
  expect(played.heard()).toEqual([['one', 1]]);
  played.ask({ kind: 'removeSeat', seat: aida.seatId });
  expect(played.heard()).toEqual([['one', 1]]); // words stay when somebody goes
  expect(played.afterRestart).toEqual(played.state);
});
