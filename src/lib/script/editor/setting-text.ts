import { writesApart } from '#domain/script/small-groups.ts';
import type { MessageKey, Translate } from '#lib/i18n/text.ts';
import { optionOf, SENTENCES, settingAt, type Sentence, type Settings, type Slot } from './settings.ts';
import type { DraftStep } from './draft-script.ts';

/** A sentence in its parts: words, and places to fill in. */
export type Part = { readonly words: string } | { readonly slot: string };

const MARK = '\uE000'; // of private use: in no message
const MARKED = /\uE000(\w+)\uE000/;

export const partsOf = (t: Translate, text: MessageKey, slots: readonly string[]): Part[] =>
  t(text, Object.fromEntries(slots.map((name) => [name, `${MARK}${name}${MARK}`])))
    .split(MARKED)
    .map((part, index) => (index % 2 === 0 ? { words: part } : { slot: part }))
    .filter((part) => 'slot' in part || part.words !== '');

/** What is set, or usual; null: left open. */
export function valueOf(settings: Settings, slot: Slot): string | number | null {
  const value = settingAt(settings, slot.at);
  switch (slot.kind) {
    case 'whole':
      return numberOf(settings, slot);
    case 'time':
      return typeof value === 'string' ? value : null;
    case 'choice':
      return optionOf(value) ?? slot.usual;
  }
}

/** The same of a number. */
export function numberOf(settings: Settings, slot: Slot & { readonly kind: 'whole' }): number | null {
  const value = settingAt(settings, slot.at);
  return typeof value === 'number' ? value : value === undefined ? slot.usual : null;
}

/** What a step does, in sentences: those that are decided. */
export function settingTexts(t: Translate, step: DraftStep): string[] {
  const { kind, settings = {} } = step;
  const said = SENTENCES[kind].flatMap((sentence) => textOf(t, sentence, settings) ?? []);
  return writesApart(step) ? [t('scripts.set_draft_apart'), ...said] : said;
}

function textOf(t: Translate, sentence: Sentence, settings: Settings): string | null {
  if (sentence.when && !sentence.when(settings)) return null;
  if ('check' in sentence) {
    return (settingAt(settings, sentence.check) ?? sentence.usual) === true ? t(sentence.text) : null;
  }
  const values: Record<string, string | number> = {};
  for (const [name, slot] of Object.entries(sentence.slots)) {
    const value = valueOf(settings, slot);
    if (value === null) return null;
    const option = slot.kind === 'choice' ? slot.options[value] : undefined;
    values[name] = option ? t(option.text) : value;
  }
  return withoutAside(t(sentence.text, values));
}

/** What a sentence says of leaving it open is for whoever fills it in. */
const withoutAside = (text: string): string => text.split(';', 1)[0]!;
