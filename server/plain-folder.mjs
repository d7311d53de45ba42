import {
  linkSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What Vite takes for a part of an address wherever it stands in a path. */
const UNBUILDABLE = /[#?%]/;

export const canBuildIn = (folder) => !UNBUILDABLE.test(folder);

/** Does the work in a folder of a plain name that holds the same files, and takes it away again. They are linked where they can be. */
export function inPlainFolder(root, names, work) {
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-build-'));
  try {
    for (const name of names) link(join(root, name), join(folder, name));
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function link(from, to) {
  const kind = lstatSync(from);
  if (kind.isDirectory()) {
    mkdirSync(to);
    for (const name of readdirSync(from)) link(join(from, name), join(to, name));
  } else if (kind.isSymbolicLink()) symlinkSync(readlinkSync(from), to);
  else linkOrCopy(from, to);
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to); // another disk, or one without links
  }
}
