// `npm test`: the unit tests, then the browser specs, also when a unit test failed; it is red if either is. Plain JavaScript for older Nodes.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = fileURLToPath(new URL('../node_modules/', import.meta.url));
// Half of what the start of a server takes is reading its modules, and the tests start hundreds.
const env = { NODE_COMPILE_CACHE: join(modules, '.cache', 'compiled'), ...process.env };
const run = (tool, ...args) =>
  spawnSync(process.execPath, [join(modules, tool), ...args], { env, stdio: 'inherit' }).status === 0;

const areUnitsGreen = run('vitest/vitest.mjs', 'run');
const areSpecsGreen = run('@playwright/test/cli.js', 'test', '--config', 'tests/playwright.config.ts');
process.exitCode = areUnitsGreen && areSpecsGreen ? 0 : 1;
