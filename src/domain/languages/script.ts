import type { Language } from './language.ts';

/** ISO 15924, of the alphabets that people at our tables write in. */
export type Script = keyof typeof LETTERS;

const LETTERS = {
  Latn: /[a-zA-Z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0259\u1e00-\u1eff]/,
  Cyrl: /[\u0400-\u052f]/,
  Arab: /[\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f\u08a0-\u08c7\ufb50-\ufdfb\ufe70-\ufefc]/,
  Deva: /[\u0904-\u0939\u0958-\u0961]/,
  Guru: /[\u0a05-\u0a39]/,
  Beng: /[\u0985-\u09b9]/,
  Geor: /[\u10a0-\u10ff\u1c90-\u1cbf]/,
  Armn: /[\u0531-\u0587]/,
  Hebr: /[\u05d0-\u05ea]/,
  Grek: /[\u0370-\u03ff]/,
  Thai: /[\u0e01-\u0e30]/,
  Kore: /[\u1100-\u11ff\uac00-\ud7af]/,
  Jpan: /[\u3041-\u30ff]/,
  Hans: /[\u3400-\u4dbf\u4e00-\u9fff]/,
} as const;
const SCRIPTS = Object.keys(LETTERS) as Script[];

const MOST_READ = 600; // characters; whoever writes more than a page does not change alphabets for good behind it
const AMONG_OTHERS = 0.7; // names of firms and programs are in Latin letters whatever the language
const ADDRESS = /https?:\S+|\b\S+@\S+|\bwww\.\S+/gi;

/**
 * The alphabet of most of a text's letters; null when it has none. Addresses count for nothing, and Latin letters for less unless the
 * text begins with them.
 */
export function scriptIn(text: string): Script | null {
  const start = text.length > MOST_READ ? text.slice(0, MOST_READ) : text;
  const words = /[@:]|www\./.test(start) ? start.replace(ADDRESS, ' ') : start;
  if (/^[\x00-\x7f]*$/.test(words)) return /[a-zA-Z]/.test(words) ? 'Latn' : null;
  const counts = new Map<Script, number>();
  let first: Script | null = null;
  let last: Script = 'Latn';
  for (const sign of words) {
    const script: Script | undefined = LETTERS[last].test(sign)
      ? last
      : SCRIPTS.find((script) => LETTERS[script].test(sign));
    if (!script) continue;
    counts.set(script, (counts.get(script) ?? 0) + 1);
    first ??= script;
    last = script;
  }
  if (counts.size > 1) weigh(counts, first);
  let most: Script | null = null;
  for (const [script, count] of counts) if (most === null || count > (counts.get(most) ?? 0)) most = script;
  return most;
}

function weigh(counts: Map<Script, number>, first: Script | null): void {
  const latin = counts.get('Latn') ?? 0;
  const others = [...counts.values()].reduce((sum, count) => sum + count, -latin);
  // “Third اردو” is an English line
  const isLatin = first === 'Latn' && latin > others;
  if (latin > 0 && !isLatin) counts.set('Latn', latin * AMONG_OTHERS);
  // A text with kana is Japanese, whatever else is in it.
  const [kana, han] = [counts.get('Jpan'), counts.get('Hans')];
  if (kana !== undefined && han !== undefined) counts.set('Jpan', kana + han);
}

const OF_LANGUAGES: Readonly<Record<Language, Script>> = Object.fromEntries(
  (
    [
      ['Cyrl', 'ru kk ky tg tt ba mn uk be bg sr mk ce cv os dng sgh wbl av inh kbd'],
      ['Arab', 'ur fa prs ps ug ar sd ks bal skr brh khw bft scl bsk ckb'],
      ['Deva', 'hi mr ne'],
      ['Guru', 'pa'],
      ['Beng', 'bn'],
      ['Geor', 'ka'],
      ['Armn', 'hy'],
      ['Hebr', 'he yi'],
      ['Grek', 'el'],
      ['Thai', 'th'],
      ['Kore', 'ko'],
      ['Jpan', 'ja'],
      ['Hans', 'zh'],
    ] as const
  ).flatMap(([script, languages]) => languages.split(' ').map((language) => [language, script] as const)),
);

/** The alphabet of a language; Latin where nothing else is known, null where no language is stated. */
export function scriptOf(language: Language): Script | null {
  const [base = '', form = ''] = language.split('-');
  const stated = SCRIPTS.find((script) => script.toLowerCase() === form.toLowerCase());
  if (stated) return stated;
  if (/^han[st]$/i.test(form)) return 'Hans';
  return base === 'und' ? null : (OF_LANGUAGES[base] ?? 'Latn');
}
