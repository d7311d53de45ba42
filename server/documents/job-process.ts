import { spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { deserialize } from 'node:v8';
import { endChild } from '#server/process/end-child.ts';
import { framed, Frames } from './frames.ts';

export type Answer = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly problem: string };

export interface Budget {
  /** For one job, once the process has it. */
  readonly milliseconds: number;
  /** What its objects may take; bytes that come and go lie beside them. */
  readonly megabytes: number;
  /** Jobs that may wait. */
  readonly waiting: number;
}

/**
 * Why a job was not done. `failed`: it said so itself. `tooLong` and `tooMuch`: it took more than its budget. `busy`: too many wait.
 * `ended`: the process was closed, or went away. `notStarted`: it did not even begin, so that nothing is said about the job.
 */
export class JobError extends Error {
  override name = 'JobError';
  readonly reason: 'failed' | 'tooLong' | 'tooMuch' | 'busy' | 'ended' | 'notStarted';

  constructor(reason: JobError['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** A job as it is handed over: made when its turn has come. */
export interface Handed<Job> {
  readonly job: Job;
  /** Bytes that it is made of, about. */
  readonly size?: number;
}

interface Waiting<Job> {
  readonly hand: () => Handed<Job>;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: JobError) => void;
}

const IDLE_AFTER = 30_000; // ms; a process takes some 50 MB
const STARTED_WITHIN = 30_000; // ms
const MOST_COMPLAINT = 10_000; // characters
const LARGE = 8_000_000; // bytes: after such a job the process is not worth its memory
const STACK = 6_000; // KB of the 8 MB that a process has: Yjs calls itself for each level of what lies inside something deleted

/**
 * A process for work on what strangers wrote, one job after the other. A job that takes more than its budget ends the process and is
 * refused; those behind it get a new one. It starts when it is needed and keeps no other alive. A thread is not enough: one that
 * runs out of memory in the midst of growing a table takes the whole server along.
 */
export class JobProcess<Job> {
  readonly #module: string;
  readonly #budget: Budget;
  readonly #queue: Waiting<Job>[] = [];
  #child: ChildProcess | null = null;
  #isReady = false;
  #isLarge = false;
  #running: Waiting<Job> | null = null;
  #deadline: NodeJS.Timeout | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** `module` answers jobs with `serveJobs`. */
  constructor(module: URL, budget: Budget) {
    this.#module = fileURLToPath(module);
    this.#budget = budget;
  }

  /** Jobs that wait, and the one that runs. */
  get size(): number {
    return this.#queue.length + (this.#running ? 1 : 0);
  }

  run(hand: () => Handed<Job>): Promise<unknown> {
    if (this.#isClosed) return Promise.reject(new JobError('ended', 'the process is closed'));
    if (this.size >= this.#budget.waiting) return Promise.reject(new JobError('busy', `${this.size} jobs are waiting`));
    return new Promise((resolve, reject) => {
      this.#queue.push({ hand, resolve, reject });
      this.#next();
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#lose(new JobError('ended', 'the process is closed'));
    for (const waiting of this.#queue.splice(0)) waiting.reject(new JobError('ended', 'the process is closed'));
  }

  #next(): void {
    if (this.#running) return;
    const next = this.#queue[0];
    if (!next) return this.#rest();
    clearTimeout(this.#idle);
    if (!this.#child) this.#startOrLose();
    if (this.#child) hold(this.#child, true);
    if (!this.#child || !this.#isReady) return;
    this.#queue.shift();
    this.#running = next;
    this.#within(this.#budget.milliseconds);
    try {
      const { job, size = 0 } = next.hand();
      this.#isLarge ||= size > LARGE;
      for (const part of framed(job)) this.#child.stdin!.write(part);
    } catch (error) {
      this.#finish((running) => running.reject(new JobError('failed', messageOf(error))));
    }
  }

  /** Where no more files may be open, or no process started, one that waits is refused, and the next tries again. */
  #startOrLose(): void {
    try {
      this.#start();
    } catch (error) {
      this.#lose(new JobError('notStarted', messageOf(error)));
    }
  }

  #start(): void {
    this.#isReady = false;
    this.#isLarge = false;
    this.#within(STARTED_WITHIN);
    const limits = [`--max-old-space-size=${this.#budget.megabytes}`, '--max-semi-space-size=8'];
    const stack = process.platform === 'win32' ? [] : [`--stack-size=${STACK}`];
    const child = spawn(process.execPath, [...limits, ...stack, this.#module], {
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
      windowsHide: true,
    });
    this.#child = child;
    const isOwn = () => this.#child === child;
    const lose = (error: JobError) => isOwn() && this.#lose(error);
    let complaint = '';
    child.on('error', (error) => lose(new JobError(this.#isReady ? 'ended' : 'notStarted', messageOf(error)))); // first: it comes even where there are no pipes
    child.on('exit', (code, signal) => this.#isReady && lose(endOf(code, signal)));
    // by then it has said why
    child.on('close', (code, signal) =>
      lose(new JobError('notStarted', reasonIn(complaint) ?? endOf(code, signal).message)),
    );
    if (!hasPipes(child)) throw new Error('there are no pipes to the process');
    const frames = new Frames((bytes) => isOwn() && this.#heard(bytes));
    const hear = (chunk: Buffer) => {
      try {
        frames.push(chunk);
      } catch (error) {
        lose(new JobError('failed', messageOf(error)));
      }
    };
    // once it is ready it may complain about what strangers wrote, which is not to be repeated
    child.stderr!.on('data', (chunk: Buffer) => {
      if (isOwn() && !this.#isReady && complaint.length < MOST_COMPLAINT) complaint += chunk.toString();
    });
    const answers = child.stdio[3] as Socket;
    answers.on('data', hear);
    for (const pipe of [answers, child.stdin!, child.stderr!]) pipe.on('error', () => undefined); // its exit says more
    if (child.pid !== undefined) giveWay(child.pid);
  }

  #heard(bytes: Buffer): void {
    if (this.#isReady) {
      const answer = deserialize(bytes) as Answer;
      this.#finish((running) => {
        if (answer.ok) running.resolve(answer.value);
        else running.reject(new JobError('failed', answer.problem));
      });
      return;
    }
    clearTimeout(this.#deadline);
    this.#isReady = true;
    this.#next();
  }

  #finish(settle: (running: Waiting<Job>) => void): void {
    clearTimeout(this.#deadline);
    const running = this.#running;
    this.#running = null;
    if (running) settle(running);
    this.#next();
  }

  #within(milliseconds: number): void {
    clearTimeout(this.#deadline);
    const late = () =>
      this.#lose(
        this.#isReady
          ? new JobError('tooLong', `the job took more than ${milliseconds} ms`)
          : new JobError('notStarted', `it was not ready within ${milliseconds} ms`),
      );
    this.#deadline = setTimeout(late, milliseconds).unref();
  }

  /** The process is gone or given up. Whatever was in it is refused; when it did not even start, the first that waits. */
  #lose(error: JobError): void {
    const child = this.#child;
    const lost = this.#running ?? (child && !this.#isReady ? this.#queue.shift() : undefined);
    this.#child = null;
    this.#running = null;
    clearTimeout(this.#deadline);
    clearTimeout(this.#idle);
    if (child) end(child);
    lost?.reject(error);
    if (!this.#isClosed) this.#next();
  }

  #rest(): void {
    const resting = this.#child;
    if (!resting) return;
    hold(resting, false);
    clearTimeout(this.#idle);
    const leave = () => {
      if (this.#child !== resting || this.size > 0) return;
      this.#child = null;
      end(resting);
    };
    if (this.#isLarge) leave();
    else this.#idle = setTimeout(leave, IDLE_AFTER).unref();
  }
}

/** Node makes none when too many files are open. */
const hasPipes = (child: ChildProcess): boolean => Boolean((child.stdio as ChildProcess['stdio'] | undefined)?.[3]);

/** Whether this process stays for the other. */
function hold(child: ChildProcess, isHeld: boolean): void {
  if (!hasPipes(child)) return;
  for (const part of [child, child.stdin as Socket, child.stderr as Socket, child.stdio[3] as Socket]) {
    if (isHeld) part.ref();
    else part.unref();
  }
}

function end(child: ChildProcess): void {
  endChild(child);
  hold(child, false);
}

/** What people type comes before what was asked to be read. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // not allowed here: it works all the same
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The line of a Node process that ends with an error which says what it is. */
const reasonIn = (complaint: string): string | null => /^\w*Error\b.*/m.exec(complaint)?.[0] ?? null;

/** V8 aborts when there is no memory left for its objects. */
function endOf(code: number | null, signal: NodeJS.Signals | null): JobError {
  const isMemory = signal === 'SIGABRT' || signal === 'SIGSEGV' || signal === 'SIGTRAP' || code === 134;
  return new JobError(isMemory ? 'tooMuch' : 'ended', `the process ended with ${signal ?? code}`);
}
