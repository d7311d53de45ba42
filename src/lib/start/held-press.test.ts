import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { heldPress } from './held-press.ts';

class Button extends EventTarget {
  isConnected = true;
  clicks = 0;
  readonly isButton: boolean;
  constructor(isButton = true) {
    super();
    this.isButton = isButton;
  }
  closest() {
    return this.isButton ? this : null;
  }
  click() {
    this.clicks += 1;
  }
  press() {
    this.dispatchEvent(new Event('click'));
  }
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('a press before the page is awake is done once it is, and once', () => {
  const button = new Button();
  const done = heldPress(button);
  button.press();
  button.press();
  done();
  expect(button.clicks).toBe(1);
  button.press();
  expect(button.clicks).toBe(1);
});

test('a press that is long ago, elsewhere, or on what has gone is not done', () => {
  const [late, gone, link] = [new Button(), new Button(), new Button(false)];
  const all = [late, gone, link].map((button) => {
    const done = heldPress(button);
    button.press();
    return done;
  });
  gone.isConnected = false;
  all[1]!();
  all[2]!();
  vi.advanceTimersByTime(5_000);
  all[0]!();
  expect([late, gone, link].map(({ clicks }) => clicks)).toEqual([0, 0, 0]);
});
