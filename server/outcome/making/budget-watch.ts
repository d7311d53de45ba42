import { parentPort, workerData } from 'node:worker_threads';

/**
 * A thread beside the renderers, which block theirs: native memory has no limit of its own, and on a busy machine the clock
 * says little about the work, so both are looked at from here. Every message is the start of a job, and the seconds it has.
 */
const EVERY = 50; // ms: the typesetter takes some MB in that time

const { bytes, seconds } = workerData as { bytes: number; seconds: number };
let most = seconds;
let before = process.cpuUsage();
parentPort?.on('message', (own: number) => {
  most = own;
  before = process.cpuUsage();
});

setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  const isOver = process.memoryUsage.rss() > bytes || user + system > most * 1_000_000;
  if (isOver) process.kill(process.pid, 'SIGKILL');
}, EVERY);
