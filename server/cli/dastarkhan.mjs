#!/usr/bin/env node
// Plain JavaScript, so that an older Node can start the one that was installed with the packages.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const LEAST = 24;
const here = fileURLToPath(new URL('.', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= LEAST) {
  const { keepCompiled } = await import('../process/keep-compiled.ts');
  keepCompiled();
  await import('./main.ts');
} else {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  const brought = join(here, '../../node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
  if (existsSync(brought)) {
    const { status, signal, error } = spawnSync(brought, [join(here, 'main.ts'), ...process.argv.slice(2)], {
      stdio: 'inherit',
    });
    if (error) throw error;
    if (signal) process.kill(process.pid, signal);
    process.exitCode = status ?? 1;
  } else {
    console.error(
      `dastarkhan: Node ${LEAST} or newer is needed (this is ${process.versions.node}): run npm install first`,
    );
    process.exitCode = 1;
  }
}
