import type { MessageKey, Translate, Values } from './text.ts';

const RIGHT_TO_LEFT = /[\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}]/u;

/** In a direction of its own (FSI … PDI), whatever somebody wrote. */
export const apart = (words: string): string => `\u2068${words}\u2069`;

/** Texts in which a name that runs from right to left turns nothing around it, also where no element can stand: in labels and notes. */
export function keepApart(t: Translate): Translate {
  const told = (key: MessageKey, values?: Values) =>
    t(key, values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, keptApart(value)])));
  const { whole, with: more } = t;
  return Object.defineProperty(Object.assign(told, { whole, with: more }), 'locale', {
    get: () => t.locale,
  }) as Translate;
}

const keptApart = (value: string | number | undefined) =>
  typeof value === 'string' && RIGHT_TO_LEFT.test(value) ? apart(value) : value;
