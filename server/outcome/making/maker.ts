import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { endChild } from '#server/process/end-child.ts';
import type { MadeFile, MakeDone, MakeJob } from './job.ts';

const PROCESS = fileURLToPath(new URL('./maker-process.ts', import.meta.url));
const IDLE_AFTER = 60_000; // ms; a process with its fonts takes some 150 MB, and half a second to start

const CLOCK = 4_000; // ms of the clock for a second of the processor: the machine has other work

/** The file could not be made: a renderer failed, or the job took too long, or the process ended under it. */
export class MakeError extends Error {
  override name: string;

  constructor(name: 'ExportTooLong' | 'ExportEnded' | (string & {}), stack?: string) {
    super(name);
    this.name = name;
    if (stack) this.stack = stack;
  }
}

export interface MakerLimits {
  /** Of the processor. */
  readonly seconds: number;
  readonly megabytes: number;
}

interface Running {
  readonly child: ChildProcess;
  readonly id: number;
  resolve(file: MadeFile): void;
  reject(error: MakeError): void;
}

/** One process that makes one file at a time, started with the first and again after it was ended. */
export class Maker {
  readonly #limits: MakerLimits;
  readonly #script: string;
  #child: ChildProcess | null = null;
  #running: Running | null = null;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;

  /** `script` is another program in tests that make one hang or die. */
  constructor(limits: MakerLimits, script = PROCESS) {
    this.#limits = limits;
    this.#script = script;
  }

  get isBusy(): boolean {
    return this.#running !== null;
  }

  /** Rejects with `MakeError`. The time counts from here, not from when somebody asked. */
  async make(job: Omit<MakeJob, 'id'>): Promise<MadeFile> {
    if (this.#running) throw new TypeError('a maker makes one file at a time');
    clearTimeout(this.#idle);
    const child = (this.#child ??= this.#start());
    const id = (this.#lastId += 1);
    let late: NodeJS.Timeout | undefined;
    try {
      return await new Promise<MadeFile>((resolve, reject) => {
        this.#running = { child, id, resolve, reject };
        late = setTimeout(
          () => this.#lose(child, new MakeError('ExportTooLong')),
          (job.seconds ?? this.#limits.seconds) * CLOCK,
        );
        child.ref();
        child.channel?.ref();
        // Node gives it no channel when too many files are open.
        if (!child.channel) return this.#lose(child, new MakeError('ExportEnded'));
        child.send({ ...job, id } satisfies MakeJob, (error) => {
          if (error) this.#lose(child, new MakeError('ExportEnded'));
        });
      });
    } finally {
      clearTimeout(late);
      this.#running = null;
      this.#rest();
    }
  }

  /** Ends the process, and with it what it makes. */
  end(): void {
    if (this.#child) this.#lose(this.#child, new MakeError('ExportEnded'));
  }

  #start(): ChildProcess {
    const child = fork(this.#script, [String(this.#limits.megabytes), String(this.#limits.seconds)], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${this.#limits.megabytes}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (done: MakeDone) => this.#done(child, done));
    const lost = () => this.#lose(child, new MakeError('ExportEnded'));
    child.on('error', lost);
    child.on('exit', lost);
    child.on('disconnect', lost);
    return child;
  }

  #done(child: ChildProcess, done: MakeDone): void {
    const running = this.#running;
    if (running?.child !== child || running.id !== done.id) return;
    if (done.kind === 'made') running.resolve(done.file);
    else running.reject(new MakeError(done.error.name, done.error.stack));
  }

  #lose(child: ChildProcess, error: MakeError): void {
    if (this.#child === child) this.#child = null;
    endChild(child);
    if (this.#running?.child === child) this.#running.reject(error);
  }

  /** A process that waits for work keeps no other alive, and after a while is ended. */
  #rest(): void {
    const resting = this.#child;
    if (!resting) return;
    resting.unref();
    resting.channel?.unref();
    this.#idle = setTimeout(() => this.end(), IDLE_AFTER).unref();
  }
}
