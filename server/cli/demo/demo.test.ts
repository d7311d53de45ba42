import { describe, expect, test } from 'vitest';
import { isLanguage } from '#domain/languages/language.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { UsageError } from '#server/cli/command.ts';
import { member } from './cast.ts';
import { demoForum } from './forum.ts';
import { readOptions } from './options.ts';
import { Random } from './random.ts';
import { TOPICS, VOICES } from './sentences.ts';

describe('options', () => {
  test('without any, 35 people sit in 5 rooms for 2 minutes', () => {
    expect(readOptions([])).toEqual({
      people: 35,
      rooms: 5,
      minutes: 2,
      script: null,
      speed: 30,
      origin: null,
      out: null,
      seed: 1,
      json: false,
    });
  });

  test.each([
    [['--people', '0'], '--people'],
    [['--people', '3.5'], '--people'],
    [['--rooms', 'many'], '--rooms'],
    [['--minutes', ''], '--minutes'],
    [['--origin', 'localhost:3000'], '--origin'],
    [['--fast'], '--fast'],
    [['--script', 'no-such'], 'joint-recommendations-90'],
    [['--script', 'constructor'], '--script'],
    [['--script', 'swot-45', '--speed', '0'], '--speed'],
    [['--script', 'swot-45', '--speed', 'fast'], '--speed'],
    [['--speed', '30'], '--script'],
    [['--script', 'swot-45', '--minutes', '2'], '--minutes'],
    [['more'], 'more'],
  ])('%j is refused by the name of what is wrong', (args, name) => {
    expect(() => readOptions(args)).toThrow(UsageError);
    expect(() => readOptions(args)).toThrow(name);
  });
});

describe('the bundled forum', () => {
  test('is one that an organizer could have imported', () => {
    const details = demoForum(12, '2026-05-14');
    const parsed = parseForumJson(JSON.parse(JSON.stringify(details)), () => 'unused');
    expect(parsed).toEqual({ ok: true, value: details });
  });

  test('people write in a language that has something to say on every topic', () => {
    for (let index = 0; index < 40; index += 1) {
      const { language } = member(index);
      expect(isLanguage(language)).toBe(true);
      for (const topic of TOPICS)
        expect(VOICES[language]?.ideas[topic].length, `${language} ${topic}`).toBeGreaterThan(1);
      expect(VOICES[language]?.phrases.length).toBeGreaterThan(0);
      expect(VOICES[language]?.comments.length).toBeGreaterThan(0);
    }
    expect(new Set(Array.from({ length: 100 }, (_, index) => member(index).name)).size).toBe(100);
  });
});

describe('chance', () => {
  test('is the same for the same seed and another for another', () => {
    const draw = (seed: number) => {
      const random = new Random(seed);
      return Array.from({ length: 20 }, () => random.below(1_000));
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((value) => Number.isInteger(value) && value >= 0 && value < 1_000)).toBe(true);
  });

  test('weights decide how often, and what has no weight never happens', () => {
    const random = new Random(3);
    const drawn = Array.from({ length: 4_000 }, () => random.weighted({ often: 3, seldom: 1, never: 0 }));
    const share = drawn.filter((kind) => kind === 'often').length / drawn.length;
    expect(share).toBeGreaterThan(0.72);
    expect(share).toBeLessThan(0.78);
    expect(drawn).not.toContain('never');
  });
});
