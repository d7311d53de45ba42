import { report } from './report.ts';

/** For work that nobody waits for: when it fails the log says so, and everything else goes on. */
export function inBackground(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => report(what, error));
}

/** A listener, timer or callback whose failure ends nothing but itself. `failed` puts right what it leaves behind. */
export function guarded<Args extends readonly unknown[]>(
  what: string,
  listener: (...args: Args) => unknown,
  failed?: (...args: Args) => void,
): (...args: Args) => void {
  return (...args) => {
    const fail = (error: unknown) => {
      report(what, error);
      try {
        failed?.(...args);
      } catch (second) {
        report(what, second);
      }
    };
    try {
      const done = listener(...args);
      if (done instanceof Promise) done.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** Tells every listener, whatever the ones before it threw. */
export function tell<Args extends readonly unknown[]>(
  what: string,
  listeners: Iterable<(...args: Args) => unknown>,
  ...args: Args
): void {
  for (const listener of [...listeners]) guarded(what, listener)(...args);
}
