import { existsSync, readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * What the database has held, written down beside it after each commit. SQLite opens a damaged log as far as it is whole and says
 * nothing of the rest (429 of 500 damaged logs, measured): only a second file can tell that the end of the history is gone.
 */
export interface HighWater {
  /** The id of the database that it belongs to. */
  readonly database: string;
  /** Last row of each document that was appended to. */
  readonly documents: ReadonlyMap<string, number>;
  /** Commits of everything but documents' rows: people, steps, settings. */
  readonly others: number;
  /** Epoch milliseconds of the last commit. */
  readonly at: number;
  /** What was found missing at earlier starts. */
  readonly losses: readonly Loss[];
}

/** The end of the history that a database no longer has. */
export interface Loss {
  /** Epoch milliseconds: when it was found. */
  readonly foundAt: number;
  /** Epoch milliseconds of the last commit that is known of. */
  readonly until: number;
  /** Rows `has + 1 … had` of these documents are gone. */
  readonly documents: readonly { readonly name: string; readonly has: number; readonly had: number }[];
  /** Commits of people, steps and settings that are gone. */
  readonly others: number;
  /** The whole database is another one than before. */
  readonly isOther: boolean;
}

/** What a database holds now. */
export type Held = Pick<HighWater, 'database' | 'documents' | 'others'>;

const VERSION = '1';

/**
 * Reads the file's lines: `<crc32> h <version> <database>`, `<crc32> c <at> <others> <document>=<row>,…` for each commit, and
 * `<crc32> l <loss as JSON>`. A line that is torn or damaged is left out. Null: it is no such file.
 */
export function readHighWater(text: string): HighWater | null {
  let database: string | null = null;
  const documents = new Map<string, number>();
  let others = 0;
  let at = 0;
  const losses: Loss[] = [];
  for (const line of text.split('\n')) {
    const fields = readLine(line);
    switch (fields?.[0]) {
      case 'h':
        if (fields[1] === VERSION) database = fields[2] ?? null;
        break;
      case 'c':
        at = Math.max(at, Number(fields[1]) || 0);
        others = Math.max(others, Number(fields[2]) || 0);
        for (const [name, seq] of rowsOf(fields[3])) documents.set(name, Math.max(documents.get(name) ?? 0, seq));
        break;
      case 'l':
        losses.push(JSON.parse(fields[1] ?? 'null') as Loss);
        break;
    }
  }
  return database === null ? null : { database, documents, others, at, losses };
}

/** Null: there is none, or it is no such file. */
export const readMarkFile = (path: string): HighWater | null =>
  existsSync(path) ? readHighWater(readFileSync(path, 'utf8')) : null;

export function writeHighWater({ database, documents, others, at, losses }: HighWater): string {
  return [
    line('h', VERSION, database),
    ...losses.map((loss) => line('l', JSON.stringify(loss))),
    commitLine({ at, others, documents }),
  ].join('');
}

export function commitLine({
  at,
  others,
  documents,
}: {
  readonly at: number;
  /** Null: as it was. */
  readonly others: number | null;
  readonly documents: ReadonlyMap<string, number>;
}): string {
  const rows = Array.from(documents, ([name, seq]) => `${name}=${seq}`).join(',');
  return line('c', String(at), String(others ?? ''), rows);
}

/** What a database lacks of what it has held; null when that is nothing. */
export function lossOf(mark: HighWater, held: Held, foundAt: number): Loss | null {
  const isOther = mark.database !== held.database;
  const documents = Array.from(mark.documents, ([name, had]) => ({
    name,
    has: isOther ? 0 : (held.documents.get(name) ?? 0),
    had,
  })).filter(({ has, had }) => has < had);
  const others = isOther ? mark.others : Math.max(0, mark.others - held.others);
  if (documents.length === 0 && others === 0) return null;
  return { foundAt, until: mark.at, documents, others, isOther };
}

/** What happened, and one sentence for each thing that is missing. */
export function describeLoss(loss: Loss): string[] {
  const time = new Date(loss.until).toISOString();
  return [
    loss.isOther
      ? `this is not the database that was here until ${time}`
      : `the database has lost the end of its history, which went to ${time}`,
    ...describeMissing(loss),
  ];
}

/** One sentence for each thing that is missing. */
export function describeMissing({ documents, others }: Pick<Loss, 'documents' | 'others'>): string[] {
  return [
    ...documents.map(
      ({ name, has, had }) => `${name}: ${had - has} edits are missing (${has + 1} to ${had}; it ends with ${has})`,
    ),
    ...(others > 0 ? [`${others} changes of people, steps or settings are missing`] : []),
  ];
}

function line(...fields: readonly string[]): string {
  const text = fields.join('\t');
  return `${checksum(text)}\t${text}\n`;
}

function readLine(line: string): readonly string[] | null {
  const tab = line.indexOf('\t');
  const text = line.slice(tab + 1);
  return tab === 8 && line.slice(0, tab) === checksum(text) ? text.split('\t') : null;
}

function rowsOf(list: string | undefined): [string, number][] {
  return (list ?? '')
    .split(',')
    .filter((row) => row !== '')
    .map((row) => [row.slice(0, row.lastIndexOf('=')), Number(row.slice(row.lastIndexOf('=') + 1))]);
}

const checksum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
