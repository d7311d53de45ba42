/** What breaks a line, and what is no character. */
const BREAKS = /[\p{Cc}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]+/gu;
/** What turns the direction of what stands around it, or leaves no trace where it stands. The joiners stay: Urdu and emoji need them. */
const UNSEEN = /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+/gu;

/** A text as every field of one line keeps it: a name, a title, a message. */
export const oneLine = (text: string): string =>
  text.normalize('NFC').replace(UNSEEN, '').replace(BREAKS, ' ').replace(/ {2,}/g, ' ').trim();

/** The same for a text of several lines, which keeps them. */
export const lineByLine = (text: string): string =>
  text
    .split(/\r\n?|[\n\u2028\u2029]/)
    .map(oneLine)
    .join('\n')
    .trim();

/** In Unicode code points. */
export const lettersIn = (text: string): number => [...text].length;
