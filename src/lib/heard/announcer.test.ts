import { expect, test } from 'vitest';
import { Announcer, DIGEST_EVERY, type Timer, type Wanted } from './announcer.ts';

/** Time that goes when it is told to. */
class Clock implements Timer {
  #now = 0;
  #due: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }
  after(ms: number, run: () => void): () => void {
    const entry = { at: this.#now + ms, run };
    this.#due.push(entry);
    return () => (this.#due = this.#due.filter((other) => other !== entry));
  }
  go(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#due.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.#due = this.#due.filter((other) => other !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = until;
  }
}

function table(wanted: Wanted = 'all') {
  const clock = new Clock();
  const told: { text: string; at: number; isUrgent: boolean }[] = [];
  const choice = { wanted };
  const announcer = new Announcer(
    clock,
    () => choice.wanted,
    (text, isUrgent) => told.push({ text, at: clock.now(), isUrgent }),
  );
  return { clock, told, announcer, choice };
}

test('[B96] seven people who type for two minutes are one announcement in ten seconds', () => {
  const { clock, told, announcer } = table();
  let ideas = 0;
  for (let second = 0; second < 120; second += 1) {
    for (let typist = 0; typist < 7; typist += 1) {
      ideas += 1;
      announcer.gather('ideas', () => {
        const count = ideas;
        ideas = 0;
        return count ? `${count} new ideas` : '';
      });
    }
    clock.go(1_000);
  }
  clock.go(DIGEST_EVERY);
  expect(told).toHaveLength(13); // the first after two seconds
  for (const [index, { at }] of told.entries()) {
    if (index > 0) expect(at - told[index - 1]!.at).toBeGreaterThanOrEqual(DIGEST_EVERY);
  }
  const counted = told.reduce((sum, { text }) => sum + Number.parseInt(text), 0);
  expect(counted).toBe(7 * 120);
});

test('[B96] what is told in the digest waits a moment for its like, and is told once', () => {
  const { clock, told, announcer } = table();
  announcer.announce('Aida moved an item.', { at: 'digest' });
  announcer.announce('Aida moved an item.', { at: 'digest' });
  expect(told).toEqual([]);
  clock.go(2_000);
  expect(told.map(({ text }) => text)).toEqual(['Aida moved an item.']);
  clock.go(60_000);
  expect(told).toHaveLength(1);
});

test('[B97] what concerns me comes at once, and a flood of it waits for the digest', () => {
  const { clock, told, announcer } = table();
  for (let nth = 1; nth <= 9; nth += 1) announcer.announce(`Comment ${nth}`, { at: 'once' });
  expect(told.map(({ text }) => text)).toEqual(['Comment 1', 'Comment 2', 'Comment 3']);
  clock.go(DIGEST_EVERY);
  expect(told.slice(3).map(({ text }) => text)).toEqual(['Comment 6 Comment 7 Comment 8 Comment 9']);
});

test('[B97] an answer to a deed and what cannot wait are told whatever is wanted, and only the latter interrupts', () => {
  for (const wanted of ['all', 'mine', 'silent'] as const) {
    const { told, announcer } = table(wanted);
    announcer.announce('Moved to 2 of 3.', { at: 'deed' });
    announcer.announce('Time is up.', { at: 'now' });
    announcer.announce('   ', { at: 'now' });
    expect(told.map(({ text, isUrgent }) => [text, isUrgent])).toEqual([
      ['Moved to 2 of 3.', false],
      ['Time is up.', true],
    ]);
  }
});

test('[B98] who wants only their own hears what concerns them, who wants silence nothing of others', () => {
  const heard = (wanted: Wanted) => {
    const { clock, told, announcer } = table(wanted);
    announcer.announce('Aida commented on your idea.', { at: 'once' });
    announcer.announce('Aida moved an item.', { at: 'digest' });
    announcer.gather('all', () => '3 new ideas.');
    announcer.gather('mine', () => 'Aida writes in your idea.', true);
    clock.go(60_000);
    return told.map(({ text }) => text);
  };
  expect(heard('all')).toEqual([
    'Aida commented on your idea.',
    'Aida moved an item. 3 new ideas. Aida writes in your idea.',
  ]);
  expect(heard('mine')).toEqual(['Aida commented on your idea.', 'Aida writes in your idea.']);
  expect(heard('silent')).toEqual([]);
});

test('[B98] what was gathered in silence is not told as news afterwards', () => {
  const { clock, told, announcer, choice } = table('silent');
  let ideas = 1;
  const render = () => {
    const count = ideas;
    ideas = 0;
    return count ? `${count} new ideas` : '';
  };
  announcer.gather('ideas', render);
  clock.go(60_000);
  choice.wanted = 'all';
  ideas += 2;
  announcer.gather('ideas', render);
  clock.go(60_000);
  expect(told.map(({ text }) => text)).toEqual(['2 new ideas']);
});
