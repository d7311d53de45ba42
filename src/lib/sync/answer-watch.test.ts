import { describe, expect, test } from 'vitest';
import { AnswerWatch } from './answer-watch.ts';

/** A socket of which a test says what it owes; time passes when the test says so. */
class Table {
  owed: number | null = null; // bytes
  hasDocument = true;
  readonly done: string[] = [];
  #now = 0;
  #due: { at: number; run: () => void } | null = null;
  readonly watch = new AnswerWatch(this, {
    set: (run, ms) => (this.#due = { at: this.#now + ms, run }),
    clear: (timer) => {
      if (timer === this.#due) this.#due = null;
    },
  });

  isOwed(): boolean {
    return this.owed !== null;
  }
  isSynced(): boolean {
    return this.hasDocument;
  }
  bytes(): number {
    return this.owed ?? 0;
  }
  ask(): void {
    this.done.push(`ask at ${this.#now}`);
  }
  reconnect(): void {
    this.done.push(`reconnect at ${this.#now}`);
  }

  owe(bytes = 20): this {
    this.owed = bytes;
    this.watch.look();
    return this;
  }
  settle(): this {
    this.owed = null;
    this.watch.heard();
    this.watch.look();
    return this;
  }
  receipt(): this {
    this.watch.heard();
    this.watch.progressed();
    return this;
  }
  at(now: number): this {
    while (this.#due && this.#due.at <= now) {
      const { at, run } = this.#due;
      this.#due = null;
      this.#now = at;
      run();
    }
    this.#now = now;
    return this;
  }
}

describe('a socket that may lead nowhere', () => {
  test('[Y30] what is answered in time is not asked for', () => {
    expect(new Table().owe().at(1_000).settle().at(60_000).done).toEqual([]);
  });

  test('[Y30] a lost receipt: the offer is made again, and its receipt ends it', () => {
    expect(new Table().owe().at(4_100).settle().at(60_000).done).toEqual(['ask at 4000']);
  });

  test('[Y30] a half-open socket is given up when the question is not answered', () => {
    expect(new Table().owe().at(60_000).done).toEqual(['ask at 4000', 'reconnect at 7002.5']);
  });

  test('[Y30] a lost frame: receipts stay one short whatever is asked, so the socket is given up', () => {
    expect(new Table().owe().at(4_100).receipt().at(60_000).done).toEqual(['ask at 4000', 'reconnect at 7102.5']);
  });

  test('[Y30] a server that speaks and stores slowly is not left at once', () => {
    const table = new Table().owe().at(4_100);
    table.watch.heard();
    expect(table.at(60_000).done).toEqual(['ask at 4000', 'reconnect at 19002.5']);
  });

  test('[Y30] who types on is waited for from the last receipt', () => {
    const table = new Table().owe();
    for (let now = 1_000; now < 30_000; now += 1_000) table.at(now).receipt().owe();
    expect(table.done).toEqual([]);
    expect(table.at(33_000).done).toEqual(['ask at 33000']);
  });

  test('[Y30] a large offer on a slow network gets the time it needs', () => {
    expect(new Table().owe(80_000).at(60_000).done).toEqual(['ask at 4000', 'reconnect at 17000']);
  });

  test('[Y30] while the board itself is on its way, nothing is asked for long', () => {
    const table = new Table();
    table.hasDocument = false;
    expect(table.owe(0).at(60_000).done).toEqual(['ask at 20000', 'reconnect at 23000']);
  });

  test('[Y30] a server that said it cannot store is left to ask', () => {
    const table = new Table().owe().at(100);
    table.watch.deferred();
    expect(table.at(20_000).done).toEqual([]);
  });

  test('[Y30] on waking the socket is asked, and given up when it is silent', () => {
    const silent = new Table().at(500);
    silent.watch.probe();
    silent.watch.look();
    expect(silent.at(60_000).done).toEqual(['ask at 500', 'reconnect at 3500']);
    const alive = new Table().at(500);
    alive.watch.probe();
    expect(alive.at(520).settle().at(60_000).done).toEqual(['ask at 500']);
  });

  test('[Y30] nothing is asked of a socket that is gone', () => {
    const table = new Table().owe().at(1_000);
    table.watch.rest();
    expect(table.at(60_000).done).toEqual([]);
  });
});
