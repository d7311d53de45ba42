import { fork, type ChildProcess } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { endChild } from '#server/process/end-child.ts';
import { inBackground } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { Begin, Seated, ToPeople } from './messages.ts';

const MODULE = fileURLToPath(new URL('./people-process.ts', import.meta.url));
const MEGABYTES = 256; // of objects; a hundred people with their boards take 120
/** Of this process's settings only what a process needs: no address of a database, no token. */
const PASSED_ON = ['PATH', 'TMPDIR', 'TEMP', 'SYSTEMROOT', 'NODE_COMPILE_CACHE'];

type Seat = (index: number) => Promise<Seated['seat']>;

/** The simulated people of one rehearsal, in a process of their own: what happens there ends nothing here. */
export class People {
  readonly #child: ChildProcess;
  readonly #gone: Promise<void>;
  #isEnded = false;

  /** `certificates`: a file with what else is to be trusted. Throws when no process can be started. */
  constructor(begin: Omit<Begin, 'kind'>, seat: Seat, certificates: string | null) {
    const child = fork(MODULE, {
      execArgv: [`--max-old-space-size=${MEGABYTES}`, '--max-semi-space-size=8'],
      env: {
        ...Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
        ...(certificates !== null && { NODE_EXTRA_CA_CERTS: certificates }),
      },
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#child = child;
    this.#gone = new Promise((resolve) => {
      child.once('error', () => resolve());
      child.once('exit', (code, signal) => {
        if (!this.#isEnded) report('simulated people have gone', new Error(`${signal ?? code}`));
        this.#isEnded = true;
        resolve();
      });
    });
    child.on('error', (error) => report('simulated people could not come', error));
    child.on('message', (message) => {
      const index = seatAsked(message, begin.people);
      if (index !== null) inBackground('a simulated person has no seat', this.#seat(seat, index));
    });
    if (child.pid !== undefined) giveWay(child.pid);
    child.unref();
    child.channel?.unref();
    this.#tell({ kind: 'begin', ...begin });
  }

  /** Whether they are there still. */
  get areHere(): boolean {
    return !this.#isEnded;
  }

  /** Resolves when the process has ended. */
  async end(): Promise<void> {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#child.ref();
    endChild(this.#child);
    await this.#gone;
  }

  async #seat(seat: Seat, index: number): Promise<void> {
    const given = await seat(index).catch((error: unknown) => {
      report('a simulated person has no seat', error);
      return null;
    });
    this.#tell({ kind: 'seated', index, seat: given });
  }

  #tell(message: ToPeople): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }
}

/** Null: it asks for no seat that there is. */
function seatAsked(message: unknown, people: number): number | null {
  const { kind, index } = (message ?? {}) as Record<string, unknown>;
  return kind === 'seat' && Number.isInteger(index) && (index as number) >= 0 && (index as number) < people
    ? (index as number)
    : null;
}

/** Who really writes comes before who is simulated. */
function giveWay(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // not allowed here: it works all the same
  }
}
