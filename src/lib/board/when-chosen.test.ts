import { expect, test } from 'vitest';
import { whenChosen } from './when-chosen.ts';

class List extends EventTarget {
  value = 'one';
  readonly acted: string[] = [];
  constructor() {
    super();
    whenChosen((value) => this.acted.push(value))(this as unknown as HTMLSelectElement);
  }
  say(type: string, more: object = {}) {
    this.dispatchEvent(Object.assign(new Event(type), more));
  }
  press(key: string) {
    this.say('keydown', { key });
  }
  /** As browsers do where an arrow key chooses at once. */
  look(value: string) {
    this.press('ArrowDown');
    this.choose(value);
  }
  choose(value: string) {
    this.value = value;
    this.say('change');
  }
}

test('what is pointed at in a list is done at once, and again', () => {
  const list = new List();
  list.choose('two');
  list.look('three');
  list.say('pointerdown');
  list.choose('four');
  expect(list.acted).toEqual(['two', 'four']);
});

test('[B101] keys look through a list, and Enter does it, once', () => {
  const list = new List();
  list.look('two');
  list.look('three');
  expect(list.acted).toEqual([]);
  list.press('Enter');
  list.press('Enter');
  expect(list.acted).toEqual(['three']);
  list.look('four');
  list.look('three');
  list.press('Enter'); // where it stood
  expect(list.acted).toEqual(['three']);
});

test('[B101] a value is set as its list is left, if it is another', () => {
  const list = new List();
  list.look('two');
  list.say('blur');
  list.press('Tab');
  list.say('blur');
  expect(list.acted).toEqual(['two']);
});
