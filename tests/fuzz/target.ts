import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Figures, Order, Storm } from './target-process.ts';

/** A process to be attacked. `said` counts the bytes it wrote to its log, `firstWords` are some; `endedWith` is null while it lives. */
export class Target {
  readonly dataDir: string;
  readonly #child: ChildProcess;
  port = 0;
  said = 0;
  firstWords = '';
  endedWith: string | null = null;

  /** `rules`: with the limits that participants have. `fill`: what lies in its storage before it starts. */
  static async start({
    rules = false,
    fill,
  }: { rules?: boolean; fill?: (storage: Storage) => Promise<void> } = {}): Promise<Target> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-target-'));
    if (fill) {
      const storage = await openStorage({ dataDir, databaseUrl: undefined });
      await fill(storage);
      await storage.close();
    }
    const target = new Target(dataDir, rules);
    target.port = ((await target.#answer()) as { port: number }).port;
    return target;
  }

  private constructor(dataDir: string, rules: boolean) {
    this.dataDir = dataDir;
    this.#child = fork(join(import.meta.dirname, 'target-process.ts'), [this.dataDir, ...(rules ? ['rules'] : [])], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.said += chunk.length;
        if (this.firstWords.length < 500) this.firstWords += chunk.toString();
      });
    }
    this.#child.once('exit', (code, signal) => (this.endedWith = `${code ?? signal}`));
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/sync`;
  }

  figures(): Promise<Figures> {
    return this.#order({ kind: 'figures' });
  }

  storm(order: Omit<Extract<Order, { kind: 'storm' }>, 'kind'>): Promise<Storm> {
    return this.#order({ kind: 'storm', ...order });
  }

  /** What the process ended with when it was asked to stop. */
  async stop(): Promise<string | null> {
    if (this.endedWith === null) {
      const ended = new Promise((resolve) => this.#child.once('exit', resolve));
      this.#child.kill('SIGTERM');
      await ended;
    }
    return this.endedWith;
  }

  remove(): void {
    if (this.endedWith === null) this.#child.kill('SIGKILL');
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #order<T>(order: Order): Promise<T> {
    const answer = this.#answer();
    this.#child.send(order);
    return answer as Promise<T>;
  }

  #answer(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error(`the target ended with ${this.endedWith}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (message) => {
        this.#child.off('exit', onExit);
        resolve(message);
      });
    });
  }
}
