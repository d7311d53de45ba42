import { expect, test } from 'vitest';
import type { QuestionId } from '#domain/ids.ts';
import type { OwnQuestions } from '#domain/workshop/questions/view.ts';
import { nextQuestion } from './asking.ts';
import { Random } from './random.ts';
import { VOICES } from './sentences.ts';

const [MINE, MORE, THEIRS] = ['mine', 'more', 'theirs'] as QuestionId[] as [QuestionId, QuestionId, QuestionId];
const OWN: OwnQuestions = {
  ...{ kind: 'ownQuestions', began: 7, isSupported: true, isAnonymous: false, circle: null },
  ...{ asked: [], supported: [], aside: [] },
};
const random = new Random(1);
const next = (own: Partial<OwnQuestions>, heard: readonly QuestionId[], language = 'en') =>
  nextQuestion({ own: { ...OWN, ...own }, heard, language, random });

test('whoever hears no question asks one, in their own language, in all that the cast speaks', () => {
  for (const language of Object.keys(VOICES)) {
    expect(next({}, [], language)).toMatchObject({
      ...{ kind: 'askQuestion', lang: language, began: 7 },
      text: expect.stringMatching(/[?؟]$/),
    });
  }
});

test('others’ questions are supported once, one’s own never; then one listens', () => {
  const asked = [MINE, MORE];
  expect(next({ asked }, [MINE, THEIRS])).toEqual({ kind: 'supportQuestion', question: THEIRS });
  expect(next({ asked, supported: [THEIRS] }, [MINE, THEIRS])).toBeNull();
  expect(next({ asked, isSupported: false }, [MINE, THEIRS])).toBeNull();
});
