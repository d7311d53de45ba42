import { foldName } from './fold-name.ts';

/**
 * The key under which a name of a person is compared with another's that it must not be taken for, never shown: what is not seen is
 * gone, so is what stands in brackets and words that only say what somebody is, as far as something stays, and signs of one shape are
 * one. '' where there is no letter or digit.
 */
export function nameSkeleton(name: string): string {
  const seen = name.normalize('NFKC').replace(IGNORED, '');
  const words = wordsOf(seen.replace(BRACKETS, ' '));
  const all = words.length > 0 ? words : wordsOf(seen);
  const own = all.filter((word) => !ROLES.has(word));
  return (own.length > 0 ? own : all).map(inOneShape).join('');
}

/** Also the signs of which a tag, a flag or a joined picture is made, and the Hangul fillers, which Unicode calls letters. */
const IGNORED = /[\p{Default_Ignorable_Code_Point}\p{C}\u2800\ufffd]/gu;
const BRACKETS = /[([{<«][^)\]}>»]*[)\]}>»]?/gu;
const NO_WORD = /[^\p{L}\p{N}\p{M}'’‘ʻʼ`´]+/u;
const NOT_ASCII = /[^\x00-\x7f]/gu;

const wordsOf = (name: string): string[] =>
  name
    .split(NO_WORD)
    .map((word) => foldName(word.replace(NOT_ASCII, (sign) => SHAPES.get(sign) ?? sign)))
    .filter((word) => word !== '');

const pairs = (list: string): Map<string, string> =>
  new Map(list.split(' ').map((pair) => [...pair] as [string, string]));

/** Letters of other alphabets by what they look like; capitals look otherwise than the small ones they become. */
const SHAPES = pairs(
  'ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX αa γy εe ιi κk νv οo ρp τt υu χx ɑa ɡg ցg օo ⲟo ѕs Ѕs ԁd ԛq ԝw Ԝw ѵv ӏl Ӏl ꞁl',
);

/** Cyrillic as `foldName` leaves it. И is what it makes of the Ukrainian і. */
const CYRILLIC = pairs('аa вb еe кk мm нh оo рp сc тt уy хx јj иl');
const DIGITS = pairs('0o 1l 5s 6b 8b 9g');
const DIGITS_OF_LATIN = pairs('3e 4a 7t');
const DIGITS_OF_CYRILLIC = pairs('3з 4ч 7т');

/** I, l and 1 are one line. */
function inOneShape(word: string): string {
  const digits = /\p{Script=Cyrillic}/u.test(word) ? DIGITS_OF_CYRILLIC : DIGITS_OF_LATIN;
  return [...word]
    .map((sign) => DIGITS.get(sign) ?? digits.get(sign) ?? sign)
    .map((sign) => CYRILLIC.get(sign) ?? sign)
    .join('')
    .replaceAll('i', 'l');
}

/** What somebody may add to a name to be taken for who runs a forum, folded. */
const ROLES: ReadonlySet<string> = new Set(
  (
    'organizer organiser facilitator moderator host admin administrator staff official real ' +
    'организатор фасилитатор модератор ведущий ведущая администратор админ ' +
    'ұйымдастырушы уюштуруучу ташкилотчи tashkilotchi moderatör guramaçy منتظم ناظم'
  )
    .split(' ')
    .map(foldName),
);
