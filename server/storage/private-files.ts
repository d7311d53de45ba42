import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';

/** People's names, tokens' hashes and what they wrote: for nobody else on this machine. */
export const PRIVATE_FILE = 0o600;
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

/** A folder that an older version made. One in which others keep their things too stays as it is. */
export function keepPrivateFolder(folder: string): void {
  const isOurs = (name: string) => /^(dastarkhan\.db|server\.lock|high-water\.mark)/.test(name);
  if (readdirSync(folder).every(isOurs)) tighten(folder, PRIVATE_FOLDER);
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
