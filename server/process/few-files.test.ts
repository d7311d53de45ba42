import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const SAMPLE = join(import.meta.dirname, 'few-files.sample.ts');

test.skipIf(process.platform === 'win32')(
  '[U12] where no more files may be open, what needs a process is refused, the server lives, and later it is done',
  { timeout: 60_000 },
  () => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `ulimit -n 80; exec "${process.execPath}" "${SAMPLE}"`], {
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    expect(`${status} ${stderr}`).toBe('0 ');
    expect(JSON.parse(stdout)).toEqual({
      without: ['JobError', 'JobError', 'ExportEnded'],
      again: ['done', 'done', 'done'],
    });
  },
);
