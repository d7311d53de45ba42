import * as Y from 'yjs';

const PIECE_TAKES = 20; // ms of the processor, where the limits that tests name were found
const ENTRIES = 10_000;

/** Milliseconds of the processor that this thread took for something: what others do on this machine meanwhile does not count. */
function taken(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}

/** Makes objects, and reads and writes bytes, as servers do. */
function piece(): void {
  const doc = new Y.Doc();
  const map = doc.getMap('piece');
  doc.transact(() => {
    for (let entry = 0; entry < ENTRIES; entry += 1) map.set(`k${entry}`, 'a value of some letters');
  });
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  for (const each of [doc, copy]) each.destroy();
}

let isWarm = false;

/**
 * How many times longer a processor takes now than where the limits were found, by a piece of work that is always the same: its
 * speed may vary threefold, and what shares it takes its caches. At least 1.
 */
export function slowness(): number {
  for (; !isWarm; isWarm = true) for (let time = 0; time < 5; time += 1) piece();
  const times = Array.from({ length: 3 }, () => taken(piece)).sort((a, b) => a - b);
  if (process.env.SHOW) console.log('pace', times.map((ms) => ms.toFixed(1)).join(' '));
  return Math.max(1, times[1]! / PIECE_TAKES);
}

/** Milliseconds of the processor that one turn of this thread's event loop took at most while something went on. */
export async function longestTurn<T>(work: () => Promise<T>): Promise<{ value: T; longest: number }> {
  let longest = 0;
  let lookedAt = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(lookedAt);
    lookedAt = process.threadCpuUsage();
    longest = Math.max(longest, (user + system) / 1_000);
  };
  const timer = setInterval(look, 1);
  try {
    const value = await work();
    look();
    return { value, longest };
  } finally {
    clearInterval(timer);
  }
}
