import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(import.meta.dirname, '../..') + sep;
const QUIET = 10_000; // ms: who can cause a failure at will must not fill the disk with lines about it
const MOST_REMEMBERED = 200;
const LONGEST_REASON = 200;
const POSITION = /:(\d+):\d+\)?$/;

const SAY_WHY = new Set(['StorageError', 'ReplayerAway']);

const said = new Map<string, { at: number; since: number }>();

/**
 * One line about a failure that was not expected: its kind, its code and where in this program it was. Never the message of any error, in
 * which may stand what people wrote, and never a stack; what repeats itself is counted and said every ten seconds.
 */
export function report(what: string, error: unknown, now: number = performance.now()): void {
  const line = `dastarkhan: ${what}: ${kindOf(error)}${placeOf(error)}${reasonOf(error)}`;
  const before = said.get(line);
  if (before && now - before.at < QUIET) {
    before.since += 1;
    return;
  }
  if (said.size >= MOST_REMEMBERED) said.clear();
  said.set(line, { at: now, since: 0 });
  console.error(before && before.since > 0 ? `${line} (and ${before.since} times before)` : line);
}

function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return `a ${typeof error} was thrown`;
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^[\w-]{1,60}$/.test(code) ? `${nameOf(error)} ${code}` : nameOf(error);
}

const nameOf = ({ name }: Error): string => (/^\w{1,60}$/.test(name) ? name : 'Error');

/** What the database says is for the operator (a full disk, say), and so is why a process did not start (a package is missing): both hold nothing of what people wrote. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error) || !SAY_WHY.has(error.name)) return '';
  return `: ${error.message.split('\n', 1)[0]?.slice(0, LONGEST_REASON)}`;
}

/** The innermost line of this program; packages only when there is none. */
function placeOf(error: unknown): string {
  const stack = error instanceof Error && typeof error.stack === 'string' ? error.stack.split('\n').slice(0, 40) : [];
  const places = stack.flatMap((line) => {
    const position = POSITION.exec(line);
    if (!position) return [];
    const [, number] = position;
    const path = pathOf(fileOf(line.slice(0, position.index)));
    return path.startsWith(ROOT) ? [`${path.slice(ROOT.length)}:${number}`] : [];
  });
  const place = places.find((each) => !each.startsWith('node_modules')) ?? places[0];
  return place ? ` at ${place}` : '';
}

/** Of "at name (file" or "at async file". */
const fileOf = (frame: string): string => frame.slice(frame.lastIndexOf('(') + 1).replace(/^\s*at (?:async )?/, '');

function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return '';
  }
}
