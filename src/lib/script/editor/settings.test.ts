import { describe, expect, test } from 'vitest';
import { rulesOf } from '#domain/script/rules.ts';
import { isPlayable, LATER_KINDS, STEP_KINDS } from '#domain/script/step.ts';
import { scriptStep } from '#protocol/script-schema.ts';
import { checkScript } from '#server/script/check-script.ts';
import { optionOf, SENTENCES, settingAt, withSetting, type Settings, type Slot } from './settings.ts';

const KINDS = [...STEP_KINDS, ...LATER_KINDS];
const slots = KINDS.flatMap((kind) =>
  SENTENCES[kind].flatMap((sentence) =>
    'slots' in sentence ? Object.values(sentence.slots).map((slot) => ({ kind, slot, at: slot.at })) : [],
  ),
);
const checks = KINDS.flatMap((kind) =>
  SENTENCES[kind].flatMap((sentence) =>
    'check' in sentence ? [{ kind, at: sentence.check, usual: sentence.usual }] : [],
  ),
);
/** What a file gives is kept: a list, shown by its number, and a vote that cannot be run here yet. */
const KEPT = ['write.themes', 'brief.test'];

/** What a file with these settings has against it. */
const wrongWith = (kind: string, settings: Settings): string[] =>
  checkScript({
    script: 1,
    title: { en: 'x' },
    steps: [
      { kind: 'agree', minutes: 1 },
      { kind, minutes: 5, settings },
    ],
  }).problems.map(({ path }) => path.replace(/^steps\[1\]\./, ''));
/** One's own part of a method needs the method. */
const within = ({ at }: { at: string }): Settings => (at === 'method.top' ? { method: { kind: 'rank', top: 5 } } : {});

describe('[W121] the sentences of a step and what a script may hold are the same', () => {
  test('every setting of every kind has its sentence', () => {
    const named = [...slots, ...checks].map(({ kind, at }) => `${kind}.${at.split('.')[0]}`);
    const known = scriptStep.options.flatMap((one) =>
      Object.keys(one.entries.settings.wrapped.entries).map((name) => `${one.entries.kind.literal}.${name}`),
    );
    expect([...new Set([...named, ...KEPT])].sort()).toEqual([...new Set(known)].sort());
  });

  test.each(slots.map((one) => [`${one.kind}.${one.at}`, one] as const))(
    '%s takes all that it offers, and no more',
    (_, one) => {
      const { kind, slot } = one;
      const set = (value: unknown) => wrongWith(kind, withSetting(within(one), slot.at, value));
      for (const value of offered(slot)) expect([value, set(value)]).toEqual([value, []]);
      for (const value of beyond(slot)) expect([value, set(value)]).not.toEqual([value, []]);
    },
  );

  test('what is usual is what the kind does when nothing is set', () => {
    for (const { kind, slot } of slots) {
      if (!isPlayable(kind) || slot.kind === 'time') continue;
      const own = settingAt(rulesOf(kind).defaults, slot.at);
      if (slot.at.includes('.')) continue; // a part of what was chosen
      expect([kind, slot.at, slot.kind === 'choice' ? optionOf(own) : own]).toEqual([kind, slot.at, slot.usual]);
    }
    for (const { kind, at, usual } of checks)
      if (isPlayable(kind)) expect([kind, at, rulesOf(kind).defaults[at]]).toEqual([kind, at, usual]);
  });

  test('what is taken away is as usual; of two that belong together both are stored', () => {
    expect(withSetting({}, 'rule.consent', 80)).toEqual({ rule: { consent: 80, objection: 5 } });
    expect(withSetting({ rule: { consent: 80, objection: 0 }, only: 'all' }, 'rule.objection', undefined)).toEqual({
      only: 'all',
    });
    expect(withSetting({ method: { kind: 'dots', each: 9, most: 3 } }, 'method.most', 4)).toEqual({
      method: { kind: 'dots', each: 9, most: 4 },
    });
  });
});

function offered(slot: Slot): unknown[] {
  if (slot.kind === 'time') return ['13:05'];
  if (slot.kind === 'choice') return Object.entries(slot.options).map(([word, { stored }]) => stored ?? word);
  // as many dots on one as each has at most
  const [least, most] =
    slot.at === 'method.most' ? [1, 5] : slot.at === 'method.each' ? [2, 20] : [slot.least, slot.most];
  return [least, most, ...('open' in slot ? [null] : [])];
}

function beyond(slot: Slot): unknown[] {
  if (slot.kind === 'time') return ['25:00'];
  return slot.kind === 'choice' ? ['nothing of the kind'] : [slot.least - 1, slot.most + 1, slot.least + 0.5];
}
