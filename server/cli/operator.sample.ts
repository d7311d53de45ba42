import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';

const BIN = join(import.meta.dirname, 'dastarkhan.mjs');

export const FORUM = {
  title: 'Форум чтения',
  language: 'ru',
  from: '2026-05-14',
  agenda: [{ kind: 'workshop', title: 'Workshop', rooms: [{ name: 'One' }, { name: 'Two' }] }],
};

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for each test, and real processes in it, as an operator starts them. */
export class Operator {
  #folder = '';

  constructor() {
    beforeEach(() => {
      this.#folder = mkdtempSync(join(tmpdir(), 'dastarkhan-cli-'));
    });
    afterEach(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  get folder(): string {
    return this.#folder;
  }

  /** Where the processes keep their data; made by the first that needs it. */
  get dataDir(): string {
    return join(this.#folder, 'data');
  }

  run(args: string[], more: { stdin?: string; env?: Record<string, string> } = {}): Promise<Ran> {
    return new Promise((resolve) => {
      const env = { PATH: process.env.PATH, DATA_DIR: this.dataDir, PORT: '4111', ...more.env };
      const child = execFile(process.execPath, [BIN, ...args], { env, cwd: this.#folder }, (error, out, err) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
      });
      child.stdin?.end(more.stdin ?? '');
    });
  }

  /** A file with this text, or with this as JSON. */
  file(name: string, content: unknown): string {
    const path = join(this.#folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }
}

/** An error is one line that says who speaks. */
export const expectOneLine = (text: string): void => expect(text.trimEnd()).toMatch(/^dastarkhan: [^\n]+$/);
