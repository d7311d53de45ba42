import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
/** What `npm start` gives to Node: the supervisor, and what that starts. */
const [SUPERVISOR = '', ...SERVER] = manifest.scripts.start.split(' ').slice(1);

export interface Exit {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Started {
  /** Under its supervisor, as `npm start` runs it: `pid`, `kill` and `stop` are the supervisor's then. */
  readonly supervised?: boolean;
  /** What it is started with behind `--`. */
  readonly args?: readonly string[];
  /** What is run, below the repository. */
  readonly entry?: string;
  /** Command that runs it: a tracer, say. It must leave the server its own child. */
  readonly under?: readonly string[];
}

/** A real server process on a free port with a data folder of its own; the folder survives `kill`, not `remove`. */
export class ServerProcess {
  readonly dataDir: string;
  readonly #env: Record<string, string>;
  readonly #started: Started;
  #child: ChildProcess | undefined;
  #origin = '';
  #setUpLink: string | null = null;
  #stderr = '';
  #stdout = '';
  /** Hears that the server is ready, the first time and after each restart by its supervisor. */
  #ready: () => void = () => undefined;

  constructor(
    env: Record<string, string> = {},
    dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-')),
    started: Started = {},
  ) {
    this.dataDir = dataDir;
    this.#env = env;
    this.#started = started;
  }

  get origin(): string {
    return this.#origin;
  }
  /** The one-time link of the first run; null when there is an organizer already. */
  get setUpLink(): string | null {
    return this.#setUpLink;
  }
  get stdout(): string {
    return this.#stdout;
  }
  get stderr(): string {
    return this.#stderr;
  }
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** Resolves with the line `ready`. The second start uses the first one's port, so that open pages find it again. */
  async start(): Promise<void> {
    const port = this.#origin ? new URL(this.#origin).port : '0';
    const { entry, under = [], supervised = false, args: options = [] } = this.#started;
    const server = entry ? [entry] : supervised ? [SUPERVISOR, ...SERVER] : SERVER;
    const [command = '', ...args] = [...under, process.execPath, ...server, ...options];
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, PORT: port, DATA_DIR: this.dataDir, ORIGIN: '', HOST: '127.0.0.1', ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.#stderr}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        this.#stdout += `${line}\n`;
        const [word, value] = line.split(/ (?=\S+$)/);
        if (word === 'first organizer:') this.#setUpLink = value ?? null;
        if (word !== 'ready') return;
        this.#origin = value ?? '';
        this.#ready();
      });
      this.#ready = resolve;
    });
  }

  /** Whether a supervisor brings it back by itself. */
  get isSupervised(): boolean {
    return this.#started.supervised ?? false;
  }

  /** SIGKILL for the server and not for its supervisor. Resolves once it is ready again, with the milliseconds that it was away. */
  async killUnderSupervisor(): Promise<number> {
    const children = `/proc/${this.pid}/task/${this.pid}/children`;
    const [server] = readFileSync(children, 'utf8').split(' ').filter(Boolean).map(Number);
    if (!server) throw new Error('the supervisor has no server');
    const killed = performance.now();
    const isReady = new Promise<void>((resolve) => (this.#ready = resolve));
    process.kill(server, 'SIGKILL');
    await isReady;
    return performance.now() - killed;
  }

  /** SIGKILL: no chance to flush anything. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Resolves with the exit code; null when it had ended before. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  #end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve(null);
    const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    child.kill(signal);
    return ended;
  }
}

/** Runs the operator's command line to its end. */
export function dastarkhan(args: readonly string[], env: Record<string, string> = {}): Promise<Exit> {
  return run(process.execPath, ['server/cli/dastarkhan.mjs', ...args], env);
}

export function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<Exit> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
