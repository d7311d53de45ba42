import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { OUTCOME_FORMATS, renderOutcome } from '../render/render.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import { bigOutcome } from '../../../tests/integration/big-outcome.ts';
import { Maker } from './maker.ts';

const MISBEHAVING = fileURLToPath(new URL('../../../tests/integration/makers/misbehaving-maker.ts', import.meta.url));
const document = assembleOutcome(sources);
const json = new TextEncoder().encode(JSON.stringify(document));

let maker: Maker | null = null;
afterEach(() => maker?.end());
const nameOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'made',
    (error: Error) => error.name,
  );

describe('[O66] a process of its own makes the files', () => {
  test('with the same bytes as anywhere', async () => {
    maker = new Maker({ seconds: 60, megabytes: 1_000 });
    for (const format of OUTCOME_FORMATS) {
      expect(await maker.make({ json, format })).toEqual(await renderOutcome(document, format));
    }
  });

  test('a job that never ends, crashes or hangs up ends alone, and the next is made', async () => {
    maker = new Maker({ seconds: 0.5, megabytes: 1_000 }, MISBEHAVING);
    expect(await nameOf(maker.make({ json, format: 'pdf' }))).toBe('ExportTooLong');
    expect(await nameOf(maker.make({ json, format: 'docx' }))).toBe('ExportEnded');
    expect(await nameOf(maker.make({ json, format: 'html' }))).toBe('ExportEnded');
    expect((await maker.make({ json, format: 'md' })).bytes).toEqual(new Uint8Array([7]));
  });

  test('a job that wants more memory than it may ends alone', async () => {
    maker = new Maker({ seconds: 60, megabytes: 60 });
    expect(await nameOf(maker.make({ json, format: 'pdf' }))).toBe('ExportEnded');
    expect(maker.isBusy).toBe(false);
  });

  test('a job that wants more of the processor than it may ends alone', async () => {
    maker = new Maker({ seconds: 1, megabytes: 2_000 });
    const large = new TextEncoder().encode(JSON.stringify(bigOutcome(1_000)));
    await maker.make({ json, format: 'md' });
    // On a machine with much other work the clock may come first.
    expect(await nameOf(maker.make({ json: large, format: 'pdf' }))).toMatch(/^Export(Ended|TooLong)$/);
    expect(await nameOf(maker.make({ json, format: 'md' }))).toBe('made');
  });

  test('an error says where it was, and nothing of what people wrote', async () => {
    maker = new Maker({ seconds: 60, megabytes: 1_000 });
    const broken = new TextEncoder().encode('{"title": "canary"}');
    const error = await maker.make({ json: broken, format: 'html' }).then(
      () => new Error('made'),
      (reason: Error) => reason,
    );
    expect(error).toMatchObject({ name: 'TypeError' });
    expect(`${error.message} ${error.stack}`).not.toContain('canary');
  });

  test('the process keeps no other alive', () => {
    const program = `
      const { Maker } = await import(${JSON.stringify(new URL('./maker.ts', import.meta.url).href)});
      const maker = new Maker({ seconds: 60, megabytes: 1000 });
      await maker.make({ json: new TextEncoder().encode(${JSON.stringify(JSON.stringify(document))}), format: 'md' });
      console.log('made');`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(said).toContain('made');
  });
});
