import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** TrueType files that PDF and Word files carry with them; they come with the packages, nothing is fetched. */
const FILES = {
  serif: 'source-serif-4/400Regular/SourceSerif4_400Regular.ttf',
  serifItalic: 'source-serif-4/400Regular_Italic/SourceSerif4_400Regular_Italic.ttf',
  serifSemiBold: 'source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf',
  serifBold: 'source-serif-4/700Bold/SourceSerif4_700Bold.ttf',
  serifSemiBoldItalic: 'source-serif-4/600SemiBold_Italic/SourceSerif4_600SemiBold_Italic.ttf',
  sans: 'onest/400Regular/Onest_400Regular.ttf',
  sansSemiBold: 'onest/600SemiBold/Onest_600SemiBold.ttf',
  nastaliq: 'noto-nastaliq-urdu/400Regular/NotoNastaliqUrdu_400Regular.ttf',
  nastaliqSemiBold: 'noto-nastaliq-urdu/600SemiBold/NotoNastaliqUrdu_600SemiBold.ttf',
} as const;
export type FontName = keyof typeof FILES;
export const FONT_NAMES = Object.keys(FILES) as FontName[];

const require = createRequire(import.meta.url);
const kept = new Map<FontName, Promise<Buffer>>();

export function font(name: FontName): Promise<Buffer> {
  const known = kept.get(name);
  if (known) return known;
  const [family = '', ...file] = FILES[name].split('/');
  const bytes = readFile(join(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), ...file));
  kept.set(name, bytes);
  return bytes;
}
