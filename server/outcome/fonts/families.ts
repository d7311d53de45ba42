import { Coverage } from './coverage.ts';
import { font, type FontName } from './files.ts';
import { renamed } from './sfnt.ts';

/** Which files make a family. The names are ours alone: a machine's own “Onest” of another version is another font. */
const FAMILIES = {
  serif: ['serif', 'serifItalic', 'serifSemiBold', 'serifBold', 'serifSemiBoldItalic'],
  sans: ['sans', 'sansSemiBold'],
  nastaliq: ['nastaliq', 'nastaliqSemiBold'],
  emoji: ['emoji'],
  neighbours: ['neighbours'],
  symbols: ['symbols'],
  thai: ['thai'],
  devanagari: ['devanagari'],
  bangla: ['bangla'],
  han: ['han'],
  hangul: ['hangul'],
  everything: ['everything'],
} as const satisfies Record<string, readonly FontName[]>;
type Family = keyof typeof FAMILIES;

const OTHERS = [
  'emoji',
  'neighbours',
  'symbols',
  'thai',
  'devanagari',
  'bangla',
  'han',
  'hangul',
  'everything',
] as const satisfies readonly Family[];

const named = (family: Family): string => `Dastarkhan ${family}`;
const row = (...first: Family[]): string[] => [...first, ...OTHERS].map(named);

/** For each kind of text the families in the order in which a sign is looked for. */
export const FAMILY_ROWS = {
  serif: row('serif', 'nastaliq'),
  sans: row('sans', 'serif', 'nastaliq'),
  nastaliq: row('nastaliq', 'serif'),
};

/** What the typesetter is given: every file under its family's name. */
export const fontBlobs = (): Promise<Buffer[]> =>
  Promise.all(
    (Object.keys(FAMILIES) as Family[]).flatMap((family) =>
      FAMILIES[family].map(async (file) => renamed(await font(file), named(family))),
    ),
  );

let coverages: Promise<readonly Coverage[]> | undefined;

/** What each family that is in every row has signs for, in a row's order. Read once. */
export const familyCoverages = (): Promise<readonly Coverage[]> =>
  (coverages ??= Promise.all(
    (['serif', 'nastaliq', ...OTHERS] as const).map(async (family) => new Coverage(await font(family))),
  ));
