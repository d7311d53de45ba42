const TURN = 10; // ms: what a frame may take, about; others wait no longer for a document than for each other

/** Does long work a turn of the event loop at a time. What takes less than one is done at once. */
export async function inTurns<T>(work: Generator<undefined, T>): Promise<T> {
  let until = performance.now() + TURN;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < until) continue;
    await new Promise(setImmediate);
    until = performance.now() + TURN;
  }
}

/** Does it now, where nobody waits: in a process of its own, or on the command line. */
export function atOnce<T>(work: Generator<undefined, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
