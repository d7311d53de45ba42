import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';

/** People's names, tokens' hashes and what they wrote: for nobody else on this machine. */
const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** Makes a file that is not there yet, and takes others' rights away from it and from the logs beside it. */
export function keepPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'a', PRIVATE_FILE));
  } catch {
    return; // Whoever opens it next says what is wrong.
  }
  for (const suffix of ['', '-wal', '-shm']) tighten(file + suffix, PRIVATE_FILE);
}

const OURS = /^(dastarkhan\.db|server\.lock|high-water\.mark|erased\.jsonl|https\.pem|demo$|\.DS_Store$)/;

/** A folder that was there already. One in which others keep their things too stays as it is, and the operator is told. */
export function keepPrivateFolder(folder: string, say: (line: string) => void = console.error): void {
  if (readdirSync(folder).every((name) => OURS.test(name))) return tighten(folder, PRIVATE_FOLDER);
  if (isOpenToOthers(folder)) {
    say(
      `dastarkhan: others on this machine may look into the data folder ${folder}, and as other files lie in it too, it was left so. ` +
        'What the program keeps there they cannot read. To close the folder: chmod 700',
    );
  }
}

function isOpenToOthers(folder: string): boolean {
  return process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0;
}

/** Only what is our own; what belongs to somebody else was made so on purpose. */
function tighten(path: string, mode: number): void {
  if (process.platform === 'win32') return;
  try {
    const { mode: now, uid } = statSync(path);
    if (uid === process.getuid?.() && (now & 0o077) !== 0) chmodSync(path, mode);
  } catch {
    // Not there, or on a file system without modes.
  }
}
