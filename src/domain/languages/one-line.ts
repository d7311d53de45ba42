import { LIMITS } from '../limits.ts';

/** What breaks a line, and what is no character. */
const BREAKS = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]+/gu;
/**
 * What turns the direction of what stands around it, or leaves no trace where it stands, as Hangul fillers and tags. The joiners stay:
 * Urdu and emoji need them; so do the tags of a flag.
 */
const UNSEEN =
  /(\u{1f3f4}[\u{e0020}-\u{e007f}]+)|[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]+/gu;
/** What stands on a letter; more of it would stand on the lines above. */
const TOWER = new RegExp(`(\\p{M}{${LIMITS.marksOnLetter.most}})\\p{M}+`, 'gu');

/** A text as every field of one line keeps it: a name, a title, a message. */
export const oneLine = (text: string): string =>
  text.replace(UNSEEN, '$1').normalize('NFC').replace(TOWER, '$1').replace(BREAKS, ' ').replace(/ {2,}/g, ' ').trim();

/** The same for a text of several lines, which keeps them. */
export const lineByLine = (text: string): string =>
  text
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map(oneLine)
    .join('\n')
    .trim();

/** Signs that are a whole phrase, as wide as its letters. */
const PHRASES: Readonly<Record<string, number>> = { '\ufdfa': 18, '\ufdfb': 8, '\ufdfd': 22 };

/** In Unicode code points; a phrase in one sign counts as it is read. */
export const lettersIn = (text: string): number => [...text].reduce((sum, sign) => sum + (PHRASES[sign] ?? 1), 0);
