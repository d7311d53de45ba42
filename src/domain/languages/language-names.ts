import type { Language } from './language.ts';

const ORDER: readonly Language[] = ['en', 'ru', 'kk', 'ky', 'tg', 'tk', 'uz', 'ur'];

/** The eight languages in the eight, in that order: language data has кыргызский as киргизский, and browsers lack half of them. */
const NAMES: Readonly<Record<Language, string>> = {
  en: 'English · английский · ағылшын · англис · англисӣ · iňlis · ingliz · انگریزی',
  ru: 'Russian · русский · орыс · орус · русӣ · rus · rus · روسی',
  kk: 'Kazakh · казахский · қазақ · казак · қазоқӣ · gazak · qozoq · قازق',
  ky: 'Kyrgyz · кыргызский · қырғыз · кыргыз · қирғизӣ · gyrgyz · qirgʻiz · کرغیز',
  tg: 'Tajik · таджикский · тәжік · тажик · тоҷикӣ · täjik · tojik · تاجک',
  tk: 'Turkmen · туркменский · түрікмен · түркмөн · туркманӣ · türkmen · turkman · ترکمن',
  uz: 'Uzbek · узбекский · өзбек · өзбек · ӯзбекӣ · özbek · oʻzbek · ازبک',
  ur: 'Urdu · урду · урду · урду · урду · urdu · urdu · اردو',
};

/** Undefined for languages that the table does not have. */
export function nameOfLanguage(tag: Language, inLanguage: Language): string | undefined {
  const names = Object.hasOwn(NAMES, tag) ? NAMES[tag] : undefined;
  return names?.split(' · ')[ORDER.indexOf(inLanguage.split('-')[0] ?? '')];
}
