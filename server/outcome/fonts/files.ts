import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * Font files that documents carry with them; they come with the packages, nothing is fetched and none of the machine's own is
 * ever used. The last one has a (coarse) sign for everything in Unicode's basic plane.
 */
const FILES = {
  serif: ['@expo-google-fonts/source-serif-4', '400Regular/SourceSerif4_400Regular.ttf'],
  serifItalic: ['@expo-google-fonts/source-serif-4', '400Regular_Italic/SourceSerif4_400Regular_Italic.ttf'],
  serifSemiBold: ['@expo-google-fonts/source-serif-4', '600SemiBold/SourceSerif4_600SemiBold.ttf'],
  serifBold: ['@expo-google-fonts/source-serif-4', '700Bold/SourceSerif4_700Bold.ttf'],
  serifSemiBoldItalic: ['@expo-google-fonts/source-serif-4', '600SemiBold_Italic/SourceSerif4_600SemiBold_Italic.ttf'],
  sans: ['@expo-google-fonts/onest', '400Regular/Onest_400Regular.ttf'],
  sansSemiBold: ['@expo-google-fonts/onest', '600SemiBold/Onest_600SemiBold.ttf'],
  nastaliq: ['@expo-google-fonts/noto-nastaliq-urdu', '400Regular/NotoNastaliqUrdu_400Regular.ttf'],
  nastaliqSemiBold: ['@expo-google-fonts/noto-nastaliq-urdu', '600SemiBold/NotoNastaliqUrdu_600SemiBold.ttf'],
  emoji: ['@expo-google-fonts/noto-emoji', '400Regular/NotoEmoji_400Regular.ttf'],
  neighbours: ['dejavu-fonts-ttf', 'ttf/DejaVuSerif.ttf'],
  symbols: ['dejavu-fonts-ttf', 'ttf/DejaVuSans.ttf'],
  thai: ['@expo-google-fonts/noto-sans-thai', '400Regular/NotoSansThai_400Regular.ttf'],
  devanagari: ['@expo-google-fonts/tiro-devanagari-hindi', '400Regular/TiroDevanagariHindi_400Regular.ttf'],
  bangla: ['@expo-google-fonts/tiro-bangla', 'TiroBangla_400Regular.ttf'],
  han: ['@expo-google-fonts/zcool-xiaowei', '400Regular/ZCOOLXiaoWei_400Regular.ttf'],
  hangul: ['@expo-google-fonts/song-myung', '400Regular/SongMyung_400Regular.ttf'],
  everything: ['@fontsource/unifontex', 'files/unifontex-latin-400-normal.woff'],
} as const;
export type FontName = keyof typeof FILES;

const require = createRequire(import.meta.url);
const kept = new Map<FontName, Promise<Buffer>>();

export function font(name: FontName): Promise<Buffer> {
  const known = kept.get(name);
  if (known) return known;
  const [from, file] = FILES[name];
  const bytes = readFile(join(dirname(require.resolve(`${from}/package.json`)), file));
  kept.set(name, bytes);
  return bytes;
}
