import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PATIENCE = 600_000; // ms; a first install over a slow network
const LOOK = 250; // ms
const UNSIGNED = 5_000; // ms in which whoever made the folder has written who they are

/**
 * Does the work while nobody else does such work in this folder; false when somebody else goes on for too long. Making a folder is
 * what one of two can do on every system. What a process that was ended has left is taken away by the next.
 */
export function alone(root, work, onWait, patience = PATIENCE) {
  const lock = join(root, '.dastarkhan-setup');
  const until = Date.now() + patience;
  for (let isFirst = true; !take(lock); isFirst = false) {
    if (isLeft(lock)) rmSync(lock, { recursive: true, force: true });
    else if (Date.now() > until) return false;
    else {
      if (isFirst) onWait();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK);
    }
  }
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release); // also by `process.exit` within the work
  try {
    work();
    return true;
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function take(lock) {
  try {
    mkdirSync(lock);
  } catch (error) {
    // Windows says EPERM while a folder of that name is being taken away
    if (error.code === 'EEXIST' || error.code === 'EPERM' || error.code === 'EBUSY') return false;
    if (error.code === 'EACCES' || error.code === 'EROFS') return true; // what the work says about it is clearer
    throw error;
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  return true;
}

/** Whether whoever took it is no more. */
function isLeft(lock) {
  try {
    const pid = readIfThere(join(lock, 'pid'));
    if (pid) return !isRunning(Number(pid));
    return Date.now() - statSync(lock).mtimeMs > UNSIGNED;
  } catch {
    return false; // it has just been given back
  }
}

function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // somebody else's
  }
}
