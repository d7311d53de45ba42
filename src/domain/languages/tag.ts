import type { Language } from './language.ts';

/** A tag as we write it: without what goes without saying (`uz-Latn`), extensions, and in the case that the standard wants. */
export function tagOf(written: string): Language | null {
  const shape = /^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:[-_][\w-]*)?$/i.exec(written);
  if (!shape) return null;
  const [, language = '', script, region] = shape;
  const base = SHORTER[language.toLowerCase()] ?? language.toLowerCase();
  const place = region?.toUpperCase();
  const local = place === undefined ? undefined : LOCAL[`${base}-${place}`];
  if (local !== undefined && script === undefined) return local;
  const form = script && `${script.charAt(0).toUpperCase()}${script.slice(1).toLowerCase()}`;
  return [base, form === USUAL_SCRIPT[base] ? undefined : form, place].filter(Boolean).join('-');
}

/** Where one language has another alphabet, or another name. */
const LOCAL: Readonly<Record<string, Language>> = {
  'fa-AF': 'prs',
  'kk-CN': 'kk-Arab',
  'pa-PK': 'pa-Arab',
  'uz-AF': 'uz-Arab',
};

/** ISO 639-2 and 639-3 for what BCP 47 has in two letters. */
const SHORTER: Readonly<Record<string, Language>> = Object.fromEntries(
  (
    'eng en · rus ru · kaz kk · kir ky · tgk tg · tuk tk · uzb uz · uzn uz · urd ur · pes fa · fas fa · per fa · pus ps · pbu ps · tat tt · ' +
    'bak ba · uig ug · mon mn · khk mn · tur tr · aze az · hye hy · kat ka · ara ar · ukr uk · bel be · deu de · fra fr · spa es · jpn ja · ' +
    'kor ko · zho zh · cmn zh · hin hi · pan pa · snd sd · kas ks · iw he · mo ro'
  )
    .split(' · ')
    .map((pair) => pair.split(' ')),
);

const USUAL_SCRIPT: Readonly<Record<Language, string>> = {
  ...Object.fromEntries(['ru', 'kk', 'ky', 'tg', 'tt', 'ba', 'mn', 'uk', 'be'].map((tag) => [tag, 'Cyrl'])),
  ...Object.fromEntries(['en', 'uz', 'tk', 'tr', 'az', 'kaa', 'de', 'fr', 'es', 'pt'].map((tag) => [tag, 'Latn'])),
  ...Object.fromEntries(['ur', 'fa', 'prs', 'ps', 'ug', 'ar', 'sd', 'ks', 'bal', 'skr'].map((tag) => [tag, 'Arab'])),
};
