import type { Coverage } from './coverage.ts';

/** Takes no place and needs no glyph: joiners, selectors, direction marks. */
const IGNORABLE = /^\p{Default_Ignorable_Code_Point}$/u;
/** Nobody knows what a private sign means to its writer: a font that has something there has something else. */
const PRIVATE = /^\p{Private_Use}$/u;
/** Signs that stand alone in one font; everything else is looked at cluster by cluster. */
const SIMPLE = /^[\n\u0020-\u007e\u00a0-\u017f\u0400-\u045f\u0490-\u04ff\u2010-\u2027\u2030-\u203a]*$/u;

const clusters = new Intl.Segmenter('und', { granularity: 'grapheme' });

export const codeOf = (sign: string): string =>
  `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * A text in which each sign can be shown: one that no font has becomes ‹U+XXXX›. A cluster (a letter with its marks, a
 * family of emoji) is shaped in one font, so one font must have all of it; what that font lacks is replaced.
 */
export function withKnownSigns(
  text: string,
  fonts: readonly Coverage[],
  replaced: (code: string) => void = () => {},
): string {
  if (SIMPLE.test(text)) return text;
  let result = '';
  for (const { segment } of clusters.segment(text)) result += knownCluster(segment, fonts, replaced);
  return result;
}

function knownCluster(cluster: string, fonts: readonly Coverage[], replaced: (code: string) => void): string {
  const needed = signsIn(cluster);
  if (fonts.some((font) => needed.every((sign) => isIn(font, sign)))) return cluster;
  const composed = signsIn(cluster.normalize('NFC'));
  if (fonts.some((font) => composed.every((sign) => isIn(font, sign)))) return cluster;
  const best = fonts.find((font) => needed[0] !== undefined && isIn(font, needed[0]));
  return [...cluster]
    .map((sign) => {
      if (sign === '\n' || IGNORABLE.test(sign) || (best && isIn(best, sign))) return sign;
      const code = codeOf(sign);
      replaced(code);
      return `‹${code}›`;
    })
    .join('');
}

const signsIn = (cluster: string): string[] =>
  [...cluster].filter((sign) => sign !== '\n' && sign !== '\r' && !IGNORABLE.test(sign));
const isIn = (font: Coverage, sign: string): boolean => !PRIVATE.test(sign) && font.has(sign.codePointAt(0) ?? 0);
