/** As wide as a line of print: what is longer without a space would run out of the page, and megabytes of it never end. */
const LONGEST = 60;
const LONG = /[^\s\u200b]{20,}/g;
/** Consonants chained by viramas, syllables of jamo: the typesetter's shaper ends the process at some 127 in one sign. */
const LONGEST_SIGN = 30;
const ZERO_WIDTH_SPACE = '\u200b';

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

/** The text with a place to break after every `longest` signs of a longer word, and inside a sign only where it has no end. */
export const breakable = (text: string, longest = LONGEST): string =>
  text.replace(LONG, (word) => {
    if (word.length <= longest) return word;
    let result = '';
    let width = 0;
    for (const segment of signsOf(word)) {
      if (width + segment.length > longest) {
        result += ZERO_WIDTH_SPACE;
        width = 0;
      }
      result += segment;
      width += segment.length;
    }
    return result;
  });

function* signsOf(word: string): Iterable<string> {
  for (const { segment } of clusters.segment(word)) {
    if (segment.length > LONGEST_SIGN) yield* partsOf(segment);
    else yield segment;
  }
}

const STANDS_ON_ANOTHER = /^[\p{M}\u200d]$/u;

/** Parts of some `LONGEST_SIGN` code units, so that places to break come between them; none begins with a mark. */
function* partsOf(sign: string): Iterable<string> {
  let part = '';
  for (const point of sign) {
    if (part.length >= LONGEST_SIGN && !STANDS_ON_ANOTHER.test(point)) {
      yield part;
      part = '';
    }
    part += point;
  }
  yield part;
}
