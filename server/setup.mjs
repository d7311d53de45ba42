// Plain JavaScript, because the system's Node may be too old for the rest: `npm start` and `npm test` run it first.
// It installs when the lock file is not the one that is installed, builds when sources changed since the build, and
// finds a browser for the tests; what is up to date costs a few milliseconds. One line says what is being done.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BUILT_FROM, digest } from './built-from.mjs';
import { alone as aloneIn } from './one-setup.mjs';
import { canBuildIn, inPlainFolder } from './plain-folder.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const wanted = process.argv.slice(2);
const INSTALLED = join(root, 'node_modules', '.dastarkhan-installed');
const BUILT = join(root, 'build', '.dastarkhan-built');
/** Run by Node itself, without a shell between: on Windows that would be another one each time, and paths have spaces. */
const TOOLS = {
  vite: 'vite/bin/vite.js',
  'svelte-kit': '@sveltejs/kit/svelte-kit.js',
  playwright: '@playwright/test/cli.js',
};
const BUILT_WITH = [
  'package.json',
  'svelte.config.js',
  'vite.config.ts',
  'tsconfig.json',
  'server',
  'src',
  'static',
  'node_modules',
];

if (!isInstalled()) alone(install);
requireNode();
if (wanted.includes('sync')) syncKit();
if (wanted.includes('build') && !isBuilt()) alone(build);
if (wanted.includes('browser')) await browser();

function isInstalled() {
  return readIfThere(INSTALLED) === digest(['package-lock.json']);
}

function isBuilt() {
  return readIfThere(BUILT) === digest(BUILT_FROM);
}

function install() {
  if (isInstalled()) return;
  say('installing packages (once; about half a minute) …');
  const npm = process.env.npm_execpath;
  // Not `npm ci`: it refuses a lock file from which a registry lacked an optional package of another platform. Versions and
  // integrity come from the lock file all the same, and `--no-save` leaves it untouched.
  const args = [
    'install',
    '--no-save',
    '--include=dev',
    '--include=optional',
    '--loglevel=error',
    '--no-fund',
    '--no-audit',
  ];
  if (npm?.endsWith('js')) run(process.execPath, [npm, ...args], 'npm install');
  else run('npm', args, 'npm install', { shell: process.platform === 'win32' }); // there it is a script, and the arguments are ours
  writeFileSync(INSTALLED, digest(['package-lock.json']));
}

/** Two that install or build in one folder at once take each other's files away. */
function alone(work) {
  const isOurs = aloneIn(root, work, () => say('another start is setting this folder up; waiting for it …'));
  if (!isOurs)
    fail('another start has been setting this folder up for ten minutes: end it, then run the command again.');
}

function requireNode() {
  if (existsSync(broughtNode())) return;
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major >= 24) return;
  fail(
    `Node 24 is needed, this is ${process.version}, and there is no Node 24 package for ${process.platform}-${process.arch}: install Node 24 and run the command again.`,
  );
}

function syncKit() {
  if (!existsSync(join(root, '.svelte-kit', 'tsconfig.json'))) runTool('svelte-kit', ['sync']);
}

function build() {
  const sources = digest(BUILT_FROM);
  if (readIfThere(BUILT) === sources) return;
  say('building the pages …');
  rmSync(join(root, 'build'), { recursive: true, force: true });
  const vite = (folder) => runTool('vite', ['build', '--logLevel', 'error'], folder);
  if (canBuildIn(root)) vite(root);
  else {
    const names = BUILT_WITH.filter((name) => existsSync(join(root, name)));
    inPlainFolder(root, names, (folder) => {
      vite(folder);
      cpSync(join(folder, 'build'), join(root, 'build'), { recursive: true });
    });
  }
  mkdirSync(join(root, 'build'), { recursive: true });
  writeFileSync(BUILT, sources);
}

async function browser() {
  const { findBrowser } = await import(pathToFileURL(join(root, 'tests', 'browser.mjs')).href);
  if (findBrowser()) return;
  say('installing a browser for the tests …');
  if (attempt(node(), [tool('playwright', root), 'install', 'chromium']) && findBrowser()) return;
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args];
    return attempt(command, rest);
  };
  apt('update', '-qq');
  if (apt('install', '-y', '-qq', 'chromium') && findBrowser()) return;
  fail('No Chromium was found and none could be installed: install Chromium and set CHROMIUM to its path.');
}

function readIfThere(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function tool(name, folder) {
  return join(folder, 'node_modules', TOOLS[name]);
}

/** Node 24 as it came with the packages; the scripts around it in `.bin` are for shells. */
function broughtNode() {
  const isWindows = process.platform === 'win32';
  const name = `node-${isWindows ? 'win' : process.platform}-${process.arch}`;
  return join(root, 'node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
}

function node() {
  return existsSync(broughtNode()) ? broughtNode() : process.execPath;
}

function runTool(name, args, folder = root) {
  run(node(), [tool(name, folder), ...args], `${name} ${args[0]}`, { cwd: folder });
}

function environment() {
  return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
}

function run(command, args, name, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    env: environment(),
    maxBuffer: 64 << 20,
    ...options,
  });
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  fail(`${name} failed; what it said stands above.`);
}

function attempt(command, args) {
  return spawnSync(command, args, { cwd: root, env: environment(), stdio: 'ignore' }).status === 0;
}

function say(line) {
  process.stderr.write(`dastarkhan: ${line}\n`);
}

function fail(line) {
  say(line);
  process.exit(1);
}
