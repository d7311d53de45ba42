/** As wide as a line of print: what is longer without a space would run out of the page, and megabytes of it never end. */
const LONGEST = 60;
const LONG = new RegExp(String.raw`[^\s\u200b]{${LONGEST + 1},}`, 'g');
const ZERO_WIDTH_SPACE = '\u200b';

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text with a place to break after every `LONGEST` signs of a word, never inside a sign. */
export const breakable = (text: string): string =>
  text.replace(LONG, (word) => {
    let result = '';
    let width = 0;
    for (const { segment } of clusters.segment(word)) {
      if (width + segment.length > LONGEST) {
        result += ZERO_WIDTH_SPACE;
        width = 0;
      }
      result += segment;
      width += segment.length;
    }
    return result;
  });
