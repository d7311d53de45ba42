/** A word of a card: as it stands there, as it sounds in Latin letters, and which script it was written in. */
export interface Word {
  readonly plain: string;
  readonly script: Script;
  readonly latin: string;
}

export type Script = 'latin' | 'cyrillic' | 'arabic';

const APOSTROPHES = /['`´ʹʻʼʽ‘’‛′ʿ]/gu;
const WORDS = /[\p{L}\p{M}\p{N}]+/gu;
const MARKS = /\p{M}/gu;

/** The words of a text, each in one Latin spelling: letters that the languages of the region write for one sound become one letter. */
export function wordsOf(text: string): Word[] {
  const plain = text.normalize('NFKC').toLowerCase().replace(APOSTROPHES, '');
  return (plain.match(WORDS) ?? []).flatMap((word) => {
    const script = scriptOf(word);
    const latin = script === 'latin' ? fromLatin(word) : spelt(word, script === 'cyrillic' ? CYRILLIC : ARABIC);
    return latin ? [{ plain: word, script, latin }] : [];
  });
}

function scriptOf(word: string): Script {
  if (/\p{Script=Arabic}/u.test(word)) return 'arabic';
  return /\p{Script=Cyrillic}/u.test(word) ? 'cyrillic' : 'latin';
}

function fromLatin(word: string): string {
  const single = spelt(word, LATIN).normalize('NFD').replace(MARKS, '');
  return single
    .replace(/sh|ch|kh|gh|zh|ng|ts|[cqwx]/g, (letters) => LATIN_FOLDS[letters] ?? letters)
    .replaceAll('ŝ', 'x');
}

function spelt(word: string, letters: ReadonlyMap<string, string>): string {
  let spelling = '';
  for (const letter of word) spelling += letters.get(letter) ?? (MARKS.test(letter) ? '' : letter);
  return spelling;
}

/** "абв" and "a b v" as a map; `-` stands for a letter that has no sound of its own. */
function table(letters: string, sounds: string): ReadonlyMap<string, string> {
  const each = sounds.split(' ').map((sound) => (sound === '-' ? '' : sound));
  return new Map([...letters].map((letter, index) => [letter, each[index] ?? '']));
}

// x is sh, c is ch, h is kh, j is zh and dzh
const LATIN_FOLDS: Readonly<Record<string, string>> = {
  sh: 'ŝ',
  ch: 'c',
  kh: 'h',
  gh: 'g',
  zh: 'j',
  ng: 'n',
  ts: 's',
  c: 'k',
  q: 'k',
  w: 'v',
  x: 'h',
};
const LATIN = table('žşčçıßæø', 'j sh ch ch i s e o');
const CYRILLIC = table(
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюяіәғқңөұүһҳҷӣӯў',
  'a b v g d e yo j z i y k l m n o p r s t u f h s c x x - i - e yu ya i a g k n o u u h h j i u o',
);
const ARABIC = table(
  'اآأإبپتٹثجچحخدڈذرڑزژسشصضطظعغفقکكگلمنںوؤہھةۃءیيىئےۓە',
  'a a a a b p t t s j c h h d d z r r z j s x s z t z - g f k k k g l m n n u u h - h h - i i i i e e e',
);
