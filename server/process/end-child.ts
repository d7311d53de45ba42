import type { ChildProcess } from 'node:child_process';

/** One that could not be started, since no more files may be open, has the number 0: a signal would go to our whole group, and end us too. */
export function endChild(child: ChildProcess): void {
  if (child.pid !== undefined) child.kill('SIGKILL');
}
