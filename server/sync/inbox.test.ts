import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeAwareness, encodeStep1, encodeUpdate } from '#protocol/sync.ts';
import { Inbox, type Sender } from './inbox.ts';
import { Pace } from './pace.ts';

class Somebody implements Sender {
  readonly room = { pace: new Pace() };
  readonly heard: Uint8Array[] = [];
  isGone = false;
  fails = false;

  read(frame: Uint8Array): void {
    if (this.fails) throw new Error('cannot read');
    this.heard.push(frame);
  }

  terminate(): void {
    this.isGone = true;
  }
}

const EDIT = encodeUpdate(Uint8Array.of(0, 0));
const CURSOR = encodeAwareness(Uint8Array.of(0));
const QUESTION = encodeStep1(Uint8Array.of(0));

let inbox: Inbox;
beforeEach(() => {
  vi.useFakeTimers();
  inbox = new Inbox();
});
afterEach(() => void vi.useRealTimers());

/** Somebody who writes for a while. */
function writes(each: Somebody, { times, every }: { times: number; every: number }): void {
  for (let edit = 0; edit < times; edit += 1) {
    inbox.put(each, EDIT);
    vi.advanceTimersByTime(every);
  }
  inbox.flush();
  each.heard.length = 0;
}

test('[Y2] frames wait up to 10 ms for others when many write, and are read in their order', () => {
  const aida = new Somebody();
  writes(aida, { times: 100, every: 5 });
  inbox.put(aida, EDIT);
  vi.advanceTimersByTime(6);
  inbox.put(aida, CURSOR);
  expect(aida.heard).toEqual([]);
  vi.advanceTimersByTime(4);
  expect(aida.heard).toEqual([EDIT, CURSOR]);
});

test('[Y2] the first edit of a quiet document waits for nobody, whoever writes elsewhere', () => {
  const [aida, bek] = [new Somebody(), new Somebody()];
  writes(aida, { times: 100, every: 5 });
  inbox.put(aida, EDIT);
  inbox.put(bek, EDIT);
  expect([aida.heard, bek.heard]).toEqual([[EDIT], [EDIT]]);
  inbox.put(bek, EDIT);
  expect(bek.heard).toEqual([EDIT]);
});

test('[Y2] nothing waits where few write', () => {
  const few = new Somebody();
  writes(few, { times: 20, every: 66 });
  inbox.put(few, EDIT);
  expect(few.heard).toEqual([EDIT]);
});

test('[Y2] a question is answered at once, behind what was said before', () => {
  const aida = new Somebody();
  writes(aida, { times: 100, every: 5 });
  inbox.put(aida, EDIT);
  inbox.put(aida, QUESTION);
  expect(aida.heard).toEqual([EDIT, QUESTION]);
});

test('[Y2] more than a megabyte does not wait', () => {
  const aida = new Somebody();
  writes(aida, { times: 100, every: 5 });
  inbox.put(aida, encodeUpdate(new Uint8Array(600_000)));
  expect(aida.heard).toHaveLength(0);
  inbox.put(aida, encodeUpdate(new Uint8Array(600_000)));
  expect(aida.heard).toHaveLength(2);
});

test('[U1] somebody whose frame cannot be read is cut off, and the others are heard', () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const aida = new Somebody();
  const bek = new Somebody();
  writes(aida, { times: 100, every: 5 });
  aida.heard.length = 0;
  aida.fails = true;
  inbox.put(aida, EDIT);
  inbox.put(bek, EDIT);
  inbox.flush();
  expect([aida.isGone, aida.heard]).toEqual([true, []]);
  expect([bek.isGone, bek.heard]).toEqual([false, [EDIT]]);
  vi.restoreAllMocks();
});
