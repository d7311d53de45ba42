const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First letters of the first and the last word of a name, whole letters also where they take several code units. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => [...graphemes.segment(word ?? '')][0]?.segment.toLocaleUpperCase() ?? '').join('');
}
