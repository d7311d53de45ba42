import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Orders } from './load/orders.ts';

/** Whoever measures pauses as rarely as can be. */
const LARGE_NURSERY = ['--max-semi-space-size=128', '--min-semi-space-size=128'];

/** The load's process, as the benchmark sees it. `load`: what it runs, and so which orders it takes. */
export class Crowd<Taken extends Record<keyof Taken, (of: never) => unknown> = Orders> {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  #orders = 0;

  constructor(load = 'load/load.ts') {
    this.#child = fork(join(import.meta.dirname, load), {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: LARGE_NURSERY,
    });
    this.#child.on('message', ({ id, value, error }: { id: number; value: never; error?: string }) => {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error === undefined) waiting?.resolve(value);
      else waiting?.reject(new Error(error));
    });
    this.#child.once('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`the load ended with ${code}`));
    });
  }

  ask<Name extends keyof Taken>(order: Name, ...of: Parameters<Taken[Name]>): Promise<ReturnType<Taken[Name]>> {
    const id = (this.#orders += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, order, of: of[0] });
    });
  }

  async leave(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.kill('SIGKILL');
    await gone;
  }
}
