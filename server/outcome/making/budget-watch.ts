import { parentPort, workerData } from 'node:worker_threads';

/**
 * A thread beside the renderers, which block theirs: native memory has no limit of its own, and on a busy machine the clock
 * says little about the work, so both are looked at from here. Every message is the start of a job.
 */
const EVERY = 50; // ms: the typesetter takes some MB in that time

const { bytes, seconds } = workerData as { bytes: number; seconds: number };
let before = process.cpuUsage();
parentPort?.on('message', () => (before = process.cpuUsage()));

setInterval(() => {
  const { user, system } = process.cpuUsage(before);
  const isOver = process.memoryUsage.rss() > bytes || user + system > seconds * 1_000_000;
  if (isOver) process.kill(process.pid, 'SIGKILL');
}, EVERY);
