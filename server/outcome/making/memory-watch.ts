import { workerData } from 'node:worker_threads';

/** A thread beside the renderers, which block theirs: native memory has no limit of its own, so it is looked at from here. */
const EVERY = 50; // ms: the typesetter took 40 MB a second at most

setInterval(() => {
  if (process.memoryUsage.rss() > (workerData as number)) process.kill(process.pid, 'SIGKILL');
}, EVERY);
