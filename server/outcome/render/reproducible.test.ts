import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../tests/integration/outcome-hashes.ts', import.meta.url));
const run = promisify(execFile);

type Hashes = Record<string, string>;
async function hashes(env: NodeJS.ProcessEnv, ...command: string[]): Promise<Hashes> {
  const [file = '', ...args] = [...command, process.execPath, script];
  const { stdout } = await run(file, args, { env: { ...process.env, NODE_OPTIONS: '', ...env } });
  return JSON.parse(stdout) as Hashes;
}

/** A mount namespace in which the folders of fonts are empty; only root may make one. */
const FONT_FOLDERS = ['/usr/share/fonts', '/usr/local/share/fonts', '/root/.fonts', '/root/.local/share/fonts'];
const EMPTY = `for folder in ${FONT_FOLDERS.join(' ')}; do [ -d $folder ] && mount -t tmpfs none $folder; done; exec "$@"`;
const ALONE = ['unshare', '--mount', 'sh', '-c', EMPTY, 'sh'];

function mayUnshare(): boolean {
  try {
    execFileSync(ALONE[0] ?? '', [...ALONE.slice(1), 'true'], { stdio: 'ignore' });
    return existsSync('/usr/share/fonts');
  } catch {
    return false;
  }
}

test('[O61] the bytes of a file depend on the document alone: no font, clock zone, home or language of the machine', async () => {
  const elsewhere = { TZ: 'Pacific/Kiritimati', HOME: '/nonexistent', FONTCONFIG_FILE: '/dev/null', LANG: 'tr_TR' };
  const [here, there] = await Promise.all([hashes({}), hashes(elsewhere, ...(mayUnshare() ? ALONE : []))]);
  expect(there).toEqual(here);
  expect(Object.keys(here)).toHaveLength(14);
});
