import { fork, type ChildProcess } from 'node:child_process';
import { waitBeforeRestart, type Life } from './restart.ts';

/**
 * `npm start` runs this: `supervise.ts [options of Node] <module> [arguments]`. It starts the module, starts it again when it dies by itself,
 * and ends with it when it was told to. What cannot be mended by another start (exit code 1, a setting say) is not tried again. Small on
 * purpose: it knows nothing of the server but its exit codes and its one message, that it is ready.
 */
const MOST_REMEMBERED = 20;
const PATIENCE = 15_000; // ms after a signal; the server itself gives up after ten
const LOOK_EVERY = 500; // ms
const SETTINGS = 1; // exit code of `ConfigError`
const SIGNAL_CODES: Partial<Record<NodeJS.Signals, number>> = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

const args = process.argv.slice(2);
const at = args.findIndex((each) => !each.startsWith('-'));
const lives: Life[] = [];
let child: ChildProcess | null = null;
let again: NodeJS.Timeout | undefined;
let isStopping = false;
/** The one that the first life got: open pages look for the next one there. */
let port = process.env.PORT;
let httpsPort = process.env.HTTPS_PORT;

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
// npm runs this in a shell, and a signal to npm ends only the two of them
const parent = process.ppid;
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => process.ppid === parent || stop('SIGTERM'), LOOK_EVERY).unref();
}
start();

function start(): void {
  let readyAt: number | null = null;
  const started = fork(args[at] ?? '', args.slice(at + 1), {
    execArgv: args.slice(0, at),
    env: {
      ...process.env,
      ...(port !== undefined && { PORT: port }),
      ...(httpsPort !== undefined && { HTTPS_PORT: httpsPort }),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  child = started;
  started.on('message', (message) => {
    if (!isReady(message)) return;
    readyAt = performance.now();
    port = String(message.ready);
    if (message.https !== undefined) httpsPort = String(message.https);
  });
  started.on('error', (error) => say(`the server could not be started: ${error.message}`));
  started.once('exit', (code, signal) => {
    child = null;
    ended(code ?? (signal && SIGNAL_CODES[signal]) ?? 128, readyAt === null ? null : performance.now() - readyAt);
  });
}

function ended(code: number, readyFor: number | null): void {
  if (isStopping || code === 0 || code === SETTINGS) process.exit(code);
  lives.push({ readyFor });
  if (lives.length > MOST_REMEMBERED) lives.shift();
  const wait = waitBeforeRestart(lives);
  if (wait === null) {
    say(
      'the server ended again and again before it was ready: what it said stands above. Mend that, then start again.',
    );
    process.exit(code);
  }
  say(`the server ended unexpectedly (code ${code}) and is started again`);
  again = setTimeout(start, wait);
}

function stop(signal: NodeJS.Signals): void {
  if (!child) process.exit(0); // between two lives
  if (isStopping) return;
  isStopping = true;
  clearTimeout(again);
  const stopped = child;
  // Windows has no signals: there it would end without storing what it has taken
  if (process.platform === 'win32') stopped.send('stop', () => undefined);
  else stopped.kill(signal);
  setTimeout(() => stopped.kill('SIGKILL'), PATIENCE);
}

const isReady = (message: unknown): message is { ready: number; https?: number } =>
  typeof message === 'object' && message !== null && 'ready' in message;

function say(line: string): void {
  process.stderr.write(`dastarkhan: ${line}\n`);
}
