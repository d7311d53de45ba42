import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folders for what a benchmark starts. Whoever interrupts it wants neither them nor a server to stay behind. */
export class Scratch {
  readonly #folder: string;
  #folders = 0;
  /** The server that runs. */
  running: { readonly pid: number } | null = null;

  constructor(name: string) {
    this.#folder = mkdtempSync(join(tmpdir(), `${name}-`));
    process.once('exit', () => {
      if (this.running) process.kill(this.running.pid, 'SIGKILL');
      rmSync(this.#folder, { recursive: true, force: true });
    });
    process.once('SIGINT', () => process.exit(130));
    process.once('SIGTERM', () => process.exit(143));
  }

  newFolder(): string {
    this.#folders += 1;
    return join(this.#folder, String(this.#folders));
  }
}
