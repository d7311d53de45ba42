import { AUTONYMS } from './autonyms.ts';
import { foldName } from './fold-name.ts';
import { INTERFACE_LANGUAGES, type Language } from './language.ts';
import { nameOfLanguage } from './language-names.ts';
import { tagOf } from './tag.ts';

/** What else languages are called, beside their autonyms and what the language data calls them. */
const ALIASES: Readonly<Record<Language, string>> = {
  bal: 'Balochi · Baloch',
  bft: 'Balti',
  brh: 'Brahui',
  bsk: 'Burushaski',
  dng: 'Dungan · Дунганский · Дунганча',
  en: 'Inglizcha · Англисче',
  fa: 'Farsi · Форси · Parsi · Фарси',
  kaa: 'Karakalpak · Каракалпакский · Қарақалпақша · Qoraqalpoq',
  khw: 'Khowar · Chitrali',
  kk: 'Qazaqşa · Qazaqsha · Kazak · Казакша · Казах',
  ky: 'Kirghiz · Kirgiz · Киргизский · Kyrgyzcha · Kırgızca · Киргиз',
  pa: 'ਪੰਜਾਬੀ',
  'pa-Arab': 'Punjabi (Shahmukhi) · Punjabi · Panjabi · Панджаби',
  ps: 'Pushto · Pukhto · پختو · Пушту',
  ru: 'Русча · Rus tili · Орысша · Орусча · Ruscha',
  scl: 'Shina',
  sgh: 'Shughni · Шугнанский · Шуғнонӣ',
  skr: 'Saraiki · Siraiki',
  tg: 'Tojiki · Toҷikī · Таджик · Tadjik · Tadzhik',
  tk: 'Turkmence · Turkmence dili · Туркмен',
  ug: 'Уйғурчә · Uighur · Uygur',
  ur: 'Urdu · Ordu · اردو زبان',
  uz: "O'zbek · Ozbek · Uzbekcha · Usbek · Узбек",
  'uz-Cyrl': 'Узбекча (кирилл)',
  wbl: 'Wakhi · Ваханский',
};

/** What stands beside the name in many languages: "русский язык", "қазақ тілі", "забони тоҷикӣ", "the Urdu language". */
const WORD_FOR_LANGUAGE = /(?<!\p{L})(language|язык|тілі|тили|tili|dili|забони|زبان|til|dil|тіл|тил)(?!\p{L})/giu;

/**
 * The language that somebody named: by its tag in whatever case (`EN`, `uz_Cyrl`, `kir`, `tg-Cyrl-TJ`), its own name, or its name in
 * any of the eight languages. Null for words that name none.
 */
export function languageOf(typed: string): Language | null {
  const words = typed.slice(0, LONGEST).trim();
  const known = (names ??= allNames());
  return known.get(foldName(words)) ?? known.get(foldName(words.replace(WORD_FOR_LANGUAGE, ' '))) ?? tagOf(words);
}

const LONGEST = 100;

let names: ReadonlyMap<string, Language> | undefined;

/** Folded name → tag. The first one stands: autonyms, our names, aliases, then the language data. */
function allNames(): Map<string, Language> {
  const known = new Map<string, Language>();
  const add = (name: string | undefined, tag: Language) => {
    const key = name === undefined ? '' : foldName(name);
    if (key !== '' && !known.has(key)) known.set(key, tag);
    const bare = name === undefined ? '' : foldName(name.replace(WORD_FOR_LANGUAGE, ' '));
    if (bare !== '' && !known.has(bare)) known.set(bare, tag);
  };
  for (const [tag, name] of Object.entries(AUTONYMS)) add(name, tag);
  for (const tag of INTERFACE_LANGUAGES) for (const other of INTERFACE_LANGUAGES) add(nameOfLanguage(tag, other), tag);
  for (const [tag, all] of Object.entries(ALIASES)) for (const name of all.split(' · ')) add(name, tag);
  for (const other of INTERFACE_LANGUAGES) {
    const data = new Intl.DisplayNames([other], { type: 'language', fallback: 'none' });
    for (const tag of Object.keys(AUTONYMS)) add(data.of(tag), tag);
  }
  return known;
}
