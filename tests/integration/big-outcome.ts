import type { ItemId, ThemeId } from '#domain/ids.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument, OutcomeTheme } from '#domain/outcome/document.ts';
import { sources } from './outcome-sample.ts';

const SENTENCES = [
  ['en', 'Open one catalogue for all valleys, kept by the librarians of each town and paid for in common until 2028.'],
  ['ru', 'Передвижная библиотека приезжает в каждое село раз в месяц и привозит книги на языке тех, кто в нём живёт.'],
  ['kk', 'Әр ауылға өз тілінде жүз кітап жеткізу: ғылым, өнер, ұлттық мұра, һәм іс қағаздары.'],
  ['ur', 'ہر گاؤں میں ایک چھوٹی لائبریری قائم کی جائے، جہاں بچے 2028 تک روز پڑھ سکیں۔'],
] as const;

/** A document of so many recommendations, twenty a theme, some 400 signs each. */
export function bigOutcome(recommendations: number): OutcomeDocument {
  const themes = Array.from({ length: Math.ceil(recommendations / 20) }, (_, index): OutcomeTheme => ({
    id: `theme${index}` as ThemeId,
    number: index + 1,
    title: { text: `Theme ${index + 1} of the valleys`, lang: 'en' },
    recommendations: Array.from({ length: Math.min(20, recommendations - index * 20) }, (_, at) => {
      const [lang, text] = SENTENCES[(index + at) % SENTENCES.length] ?? SENTENCES[0];
      return {
        id: `item${index}-${at}` as ItemId,
        number: `${index + 1}.${at + 1}`,
        lang,
        blocks: [{ kind: 'paragraph', lang, runs: [{ text: `${`${text} `.repeat(4)}(${index}.${at})` }] }],
        room: 'Room “Syr”',
        merged: [],
      };
    }),
  }));
  return { ...assembleOutcome(sources), themes };
}
