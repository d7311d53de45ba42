import { report } from './report.ts';

/** Exit code after something that no boundary has caught: EX_SOFTWARE of sysexits.h. The supervisor starts the server again. */
export const UNEXPECTED = 70;
const FLUSH_MOST = 800; // ms, so that with a start of about a second people are served again within two

/**
 * After an exception that nobody caught nothing in memory can be trusted, so the process ends: it says so in one line, takes nothing
 * more, stores what it has taken, and leaves the rest to the supervisor. The same when the supervisor itself is gone. Returns how
 * to say what is to be kept, once there is something.
 */
export function endWhenUnexpected(): (keep: () => Promise<void>) => void {
  let keeping: (() => Promise<void>) | null = null;
  let isEnding = false;
  const end = async () => {
    if (isEnding) return;
    isEnding = true;
    setTimeout(() => process.exit(UNEXPECTED), FLUSH_MOST);
    try {
      await keeping?.();
    } finally {
      process.exit(UNEXPECTED);
    }
  };
  process.on('uncaughtException', (error, origin) => {
    report(
      `ends because of an ${origin === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception'}`,
      error,
    );
    void end().catch(() => process.exit(UNEXPECTED));
  });
  process.once('disconnect', () => void end().catch(() => process.exit(UNEXPECTED)));
  // a terminal or a pipe that was closed takes no more lines, which is no reason to end
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  return (keep) => {
    keeping = keep;
  };
}
