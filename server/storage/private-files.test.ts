import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepPrivateFolder } from './private-files.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dastarkhan-private-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = () => statSync(folder).mode & 0o777;
const kept = (): string[] => {
  const said: string[] = [];
  keepPrivateFolder(folder, (line) => said.push(line));
  return said;
};

test.skipIf(process.platform === 'win32')(
  '[U20] a data folder that was there is closed to others, or the operator is told when other files lie in it',
  () => {
    chmodSync(folder, 0o755);
    for (const name of ['dastarkhan.db', 'dastarkhan.db-wal', 'server.lock', 'erased.jsonl', 'https.pem'])
      writeFileSync(join(folder, name), '');
    mkdirSync(join(folder, 'demo'));
    expect([kept(), modeOf()]).toEqual([[], 0o700]);
    chmodSync(folder, 0o755);
    writeFileSync(join(folder, 'holiday.jpg'), '');
    expect([kept(), modeOf()]).toEqual([[expect.stringContaining('chmod 700')], 0o755]);
    chmodSync(folder, 0o700);
    expect(kept()).toEqual([]);
  },
);
