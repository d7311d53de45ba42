import { LIMITS } from '#domain/limits.ts';

/** Line breaks of every origin: old Macs, teleprinters, Unicode's own two. */
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/g;
/** A second blank line says nothing, and a hundred thousand of them are pages. */
const BLANK_LINES = /\n(?:[^\S\n]*\n)+/g;
/** Control characters and noncharacters have no place in HTML or XML and would make a reader refuse the file. */
const UNPRINTABLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f]|\p{Noncharacter_Code_Point}/gu;
const HALF_PAIR = /\p{Surrogate}/gu;
/** What stands on a letter, or beside it without a width. */
const MARKS = String.raw`[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]`;
const MANY_MARKS = new RegExp(`(${MARKS}{${LIMITS.marksOnLetter.most}})(${MARKS}+)`, 'gu');
const BYTE_ORDER_MARK = /\ufeff/g;

/**
 * A text as every format can carry it: line breaks are `\n`, no control characters, no half pairs, no towers of
 * marks, and direction marks that are closed where they were opened. The one place where text is cleaned; `.json` alone has it as it was written.
 */
export function printable(text: string, changed: (sign: string) => void = () => {}): string {
  const clean = text
    .replace(LINE_BREAK, '\n')
    .replace(BYTE_ORDER_MARK, '')
    .replace(UNPRINTABLE, (sign) => (changed(sign), ''))
    .replace(HALF_PAIR, (sign) => (changed(sign), '\ufffd'))
    .replace(MANY_MARKS, (_, kept: string, more: string) => {
      for (const sign of more) changed(sign);
      return kept;
    })
    .replace(BLANK_LINES, '\n\n');
  return DIRECTION_MARK.test(clean) ? clean.split('\n').map(balanced).join('\n') : clean;
}

const DIRECTION_MARK = /[\u202a-\u202e\u2066-\u2069]/;
const POP_EMBEDDING = '\u202c';
const POP_ISOLATE = '\u2069';
const DEEPEST = 60; // Unicode's bidirectional algorithm (UAX 9) gives up at 125.

/** Direction marks opened in a line end with it; what closes nothing is left out. */
function balanced(line: string): string {
  const open: string[] = [];
  let result = '';
  for (const sign of line) {
    if (sign >= '\u202a' && sign <= '\u202e' && sign !== POP_EMBEDDING) {
      if (open.length === DEEPEST) continue;
      open.push(POP_EMBEDDING);
    } else if (sign >= '\u2066' && sign < POP_ISOLATE) {
      if (open.length === DEEPEST) continue;
      open.push(POP_ISOLATE);
    } else if (sign === POP_EMBEDDING) {
      if (open.at(-1) !== POP_EMBEDDING) continue;
      open.pop();
    } else if (sign === POP_ISOLATE) {
      const at = open.lastIndexOf(POP_ISOLATE);
      if (at < 0) continue;
      result += open.splice(at).slice(1).join('');
    }
    result += sign;
  }
  return result + open.reverse().join('');
}
