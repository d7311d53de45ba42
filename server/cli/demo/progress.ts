/** What a progress line tells. */
export interface Standing {
  readonly joined: number;
  readonly ideas: number;
  readonly edits: number;
  readonly waiting: number;
}

const PLAIN_EVERY = 10_000; // ms: a log is not a terminal

/** Shows on stderr how far the demo is: one line that renews itself, or a line every ten seconds where that is no terminal. */
export class Progress {
  readonly #standing: () => Standing;
  readonly #startedAt = Date.now();
  readonly #endsAt: number;
  readonly #timer: NodeJS.Timeout;
  #stopped = false;
  readonly #isTerminal = process.stderr.isTTY === true;

  constructor(endsAt: number, standing: () => Standing) {
    this.#endsAt = endsAt;
    this.#standing = standing;
    this.#timer = setInterval(() => this.#show(), this.#isTerminal ? 500 : PLAIN_EVERY);
    this.#show();
  }

  /** Once is enough; more does nothing. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    clearInterval(this.#timer);
    this.#show();
    if (this.#isTerminal) process.stderr.write('\n');
  }

  #show(): void {
    const { joined, ideas, edits, waiting } = this.#standing();
    const total = this.#endsAt - this.#startedAt;
    const passed = Math.min(Date.now() - this.#startedAt, total);
    const filled = Math.round((passed / total) * 20);
    const line =
      `${'▓'.repeat(filled)}${'░'.repeat(20 - filled)} ${clock(passed)} of ${clock(total)}` +
      `   ${joined} people   ${ideas} ideas   ${edits} edits   ${waiting} on their way`;
    process.stderr.write(this.#isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
  }
}

const clock = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
};
