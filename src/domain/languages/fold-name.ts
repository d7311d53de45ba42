/**
 * The key under which a name of a country or a language is compared, never shown: one for all cases, accents, apostrophes, spaces,
 * Unicode forms, and for a name that was typed without the letters its alphabet has beside the common ones.
 */
export const foldName = (name: string): string => foldedWords(name).join('');

/** The same without the words of long forms ("Republic of …"), as far as something stays. */
export function foldShortName(name: string): string {
  const words = foldedWords(name);
  const telling = words.filter((word) => !OF_LONG_FORMS.test(word));
  return (telling.length > 0 ? telling : words).join('');
}

const LONGEST = 200; // characters; the longest official name of a country has 60
const APOSTROPHES = /[\u02bb\u02bc\u02b9\u2018\u2019\u201b\u2032'`´]/g;
const FLAG = /[\u{1f1e6}-\u{1f1ff}]/gu;
const FLAG_A = 0x1f1e6;
const ARABIC_MARKS = /[\u064b-\u065f\u0670\u0640\u061c]/g;
const UNSEEN = /[\p{Cf}\ufe00-\ufe0f]/gu;
const MARKS = /[\u0300-\u036f]/g;

function foldedWords(name: string): string[] {
  const letters = name
    .slice(0, LONGEST)
    .replace(APOSTROPHES, '') // before NFKC, which makes a space of some
    .normalize('NFKC')
    .replace(FLAG, (sign) => String.fromCharCode(65 + sign.codePointAt(0)! - FLAG_A))
    .replace(/[İIı]/g, 'i')
    .toLowerCase()
    .replace(ARABIC_MARKS, '')
    .replace(UNSEEN, '');
  const plain = asTyped(asTyped(letters).normalize('NFD').replace(MARKS, '').normalize('NFC'));
  return plain
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(inOneAlphabet);
}

/** Letters as somebody types them who has a Russian, English or Arabic keyboard. */
const PLAIN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'қк ҡк ғг ҕг ңн ӊн өо үу ұу ўу ӯу ӱу әа іи ӣи їи йи ёе һх ҳх ҷч эе ъ ь əa ıi øo łl đd ' +
    'يی ىی ئی ېی ےی كک ہه ةه ھه ۀه أا إا آا ٱا ؤو ۇو ۆو ء ۃه'
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);

const asTyped = (text: string): string => text.replace(/[^\x00-\x7f]/g, (sign) => PLAIN[sign] ?? sign);

const LOOK_ALIKES: readonly (readonly [latin: string, cyrillic: string])[] = [
  ...['aа', 'cс', 'eе', 'iи', 'jј', 'kк', 'mм', 'hн', 'oо', 'pр', 'tт', 'xх', 'yу', 'bв'],
].map((pair) => [pair.charAt(0), pair.charAt(1)] as const);
const TO_CYRILLIC = new Map(LOOK_ALIKES);
const TO_LATIN = new Map(LOOK_ALIKES.map(([latin, cyrillic]) => [cyrillic, latin] as const));

/** Only inside a word that mixes both: РК is Kazakhstan and PK is Pakistan. */
function inOneAlphabet(word: string): string {
  const latin = word.match(/[a-z]/g)?.length ?? 0;
  const cyrillic = word.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  if (latin === 0 || cyrillic === 0) return word;
  const table = latin > cyrillic ? TO_LATIN : TO_CYRILLIC;
  return [...word].map((letter) => table.get(letter) ?? letter).join('');
}

/** Folded words that only long forms have. */
const OF_LONG_FORMS =
  /^(the|of|republic|respublika\w*|respublikas[iy]|республика\p{L}*|чумхурии|جمهوریه|islamic|исламская|islom|yslam|ислам|исломии|اسلامی|state)$/u;
