/**
 * A text in pieces between which a line may break. A browser lays out a word without end in time by the square of its length: 20,000
 * letters take seconds and 200,000 stop the page, measured; in pieces they take as long as words.
 */
export function brokenWords(text: string): string[] {
  return ENDLESS.test(text) ? text.split(PIECE).filter((piece) => piece !== '') : [text];
}

const ENDLESS = /\S{251}/u;
const PIECE = /(\S{250})(?=\S)/u;
