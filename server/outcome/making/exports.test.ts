import { describe, expect, test } from 'vitest';
import { LIMITS } from '#domain/limits.ts';
import { Exports, type FileMaker } from './exports.ts';
import type { MadeFile, MakeJob } from './job.ts';
import { MakeError } from './maker.ts';

const json = (text: string) => new TextEncoder().encode(JSON.stringify({ text }));
const file: MadeFile = { bytes: new Uint8Array([1]), mime: 'text/plain', extension: 'txt', notes: [] };

/** A maker that makes nothing until it is told to, and remembers what it was given. */
class HeldMaker implements FileMaker {
  readonly started: string[] = [];
  #running: { resolve(made: MadeFile): void; reject(error: Error): void } | null = null;

  get isBusy(): boolean {
    return this.#running !== null;
  }

  make(job: Omit<MakeJob, 'id'>): Promise<MadeFile> {
    this.started.push(`${new TextDecoder().decode(job.json)} ${job.format}`);
    return new Promise<MadeFile>((resolve, reject) => {
      this.#running = { resolve, reject };
    }).finally(() => (this.#running = null));
  }

  async done(error?: Error): Promise<void> {
    await expect.poll(() => this.isBusy).toBe(true);
    const running = this.#running;
    if (error) running?.reject(error);
    else running?.resolve(file);
    await expect.poll(() => this.#running).not.toBe(running);
  }

  end(): void {
    this.#running?.reject(new MakeError('ExportEnded'));
  }
}

const kindOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'made',
    (error: { refusal?: { kind: string } }) => error.refusal?.kind,
  );

describe('[O65] files that are asked for', () => {
  test('are made once, however many ask for the same', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const asked = Array.from({ length: 50 }, () => exports.make('forum', json('a'), 'pdf'));
    await maker.done();
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(await exports.make('forum', json('a'), 'pdf')).toBe(await asked[0]);
    expect(maker.started).toHaveLength(1);
    const other = exports.make('forum', json('b'), 'pdf');
    await maker.done();
    await other;
    expect(maker.started).toHaveLength(2);
  });

  test('take turns by forum: one that wants much keeps no other waiting', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const asked: Promise<MadeFile>[] = [];
    for (const text of ['1', '2', '3', '4', 'm']) {
      asked.push(exports.make(text === 'm' ? 'modest' : 'greedy', json(text), 'pdf'));
      await expect.poll(() => exports.waiting).toBe(asked.length);
    }
    for (const _ of asked) await maker.done();
    await Promise.all(asked);
    expect(maker.started.map((started) => started.slice(9, 10))).toEqual(['1', '2', 'm', '3', '4']);
  });

  test('beyond the most of a forum are refused in words, and no other forum’s are', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const { most } = LIMITS.exportsOfForum;
    const asked = Array.from({ length: most }, (_, index) => exports.make('one', json(`${index}`), 'docx'));
    await expect.poll(() => exports.waiting).toBe(most);
    expect(await kindOf(exports.make('one', json('more'), 'docx'))).toBe('exportsBusy');
    const other = exports.make('other', json('x'), 'docx');
    for (let index = 0; index <= most; index += 1) await maker.done();
    await Promise.all([...asked, other]);
    expect(exports.waiting).toBe(0);
    const again = exports.make('one', json('more'), 'docx');
    await maker.done();
    expect(await kindOf(again)).toBe('made');
  });

  test('that fail take no other along, and are tried anew', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const outcome = kindOf(exports.make('forum', json('bad'), 'pdf'));
    await expect.poll(() => maker.isBusy).toBe(true);
    const good = exports.make('forum', json('good'), 'pdf');
    await maker.done(new MakeError('ExportTooLong'));
    expect(await outcome).toBe('exportFailed');
    await maker.done();
    expect(await kindOf(good)).toBe('made');
    const again = exports.make('forum', json('bad'), 'pdf');
    await maker.done();
    expect(await kindOf(again)).toBe('made');
  });

  test('of a document beyond all measure are refused before anybody works on it', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const huge = new Uint8Array(LIMITS.exportDocument.most + 1);
    expect(await kindOf(exports.make('forum', huge, 'html'))).toBe('exportTooLarge');
    expect(maker.started).toEqual([]);
  });

  test('end with the server', async () => {
    const maker = new HeldMaker();
    const exports = new Exports([maker]);
    const asked = ['1', '2'].map((text) => kindOf(exports.make('forum', json(text), 'pdf')));
    await expect.poll(() => exports.waiting).toBe(2);
    exports.close();
    expect(await Promise.all(asked)).toEqual(['exportFailed', 'exportFailed']);
  });
});
