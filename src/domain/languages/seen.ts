/**
 * What leaves no trace on a page when it stands alone: spaces, controls, marks without a letter, halves of a sign, and letters that are
 * made to be invisible (Hangul fillers, a Braille cell without dots).
 */
const UNSEEN = /[\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]/gu;

/** Whether there is anything to see of a name or a title. */
export const isSeen = (text: string): boolean => text.replace(UNSEEN, '') !== '';

/** Without what no page, database or document can hold: NUL, and halves of signs. */
export const wellFormed = (text: string): string => text.replace(/[\0\p{Cs}]/gu, '');
