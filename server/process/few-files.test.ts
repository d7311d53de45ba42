import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';

const SAMPLE = join(import.meta.dirname, 'few-files.sample.ts');

/** What is started then gets a part of its pipes, or none. */
const LEFT = [0, 1, 2, 3];

test.skipIf(process.platform === 'win32').each(LEFT)(
  '[U12] where %i more files may be open, what needs a process is refused, the server lives, and later it is done',
  async (left) => {
    const child = spawn('sh', ['-c', `ulimit -n 80; exec "${process.execPath}" "${SAMPLE}" ${left}`], {
      env: { ...process.env, NODE_OPTIONS: '' },
      detached: true, // a group of its own, should a signal go to all of it
    });
    const [stdout, stderr, [code, signal]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit'),
    ]);
    expect(`${code ?? signal} ${stderr}`).toBe('0 ');
    expect(JSON.parse(stdout)).toEqual({
      without: ['JobError', 'JobError', 'ExportEnded'],
      again: ['done', 'done', 'done'],
    });
  },
);
