import { Fragment, Slice } from 'prosemirror-model';
import type { Command } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { Seeded } from '../../../../tests/faults/seeded.ts';
import { keys, toggleList } from '../commands.ts';
import { schema } from '../schema.ts';
import { desks, Table, type Desk } from './desk.ts';

const SEEDS = Number(process.env.BINDING_SEEDS ?? 40);
const FIRST = Number(process.env.BINDING_FROM ?? 0);
const LIMIT = 20_000 + SEEDS * 500; // ms; a play takes 10 alone, and the machine may be busy
const enter = keys.Enter!;
const backspace = keys.Backspace!;

describe('[B41] words of several at one place', () => {
  test.each([
    [2, 3],
    [3, 2],
  ])('stay whole at the end of one text, whoever comes first in Yjs (%i, %i)', (first, second) => {
    const [aida, davron] = desks([first, second], 'We need ') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAtEnd();
    davron.pointAtEnd();
    for (let at = 0; at < 7; at += 1) {
      aida.type('reviews'[at]!);
      davron.type('village'[at]!);
      if (at % 2) table.settle();
    }
    table.settle();
    expect([aida.text, davron.text]).toEqual([aida.text, aida.text]);
    expect(['We need reviewsvillage', 'We need villagereviews']).toContain(aida.text);
  });

  test('stay whole when somebody points behind a word that another one is still writing', () => {
    for (const clients of [
      [2, 3],
      [3, 2],
    ]) {
      const [aida, davron] = desks(clients, 'We need ') as [Desk, Desk];
      const table = new Table([aida, davron]);
      aida.pointAtEnd();
      aida.type('rev');
      table.settle();
      davron.pointAtEnd();
      aida.type('iews');
      davron.type(' and more');
      table.settle();
      expect(aida.text).toBe('We need reviews and more');
      expect(davron.shown).toBe('We need reviews and more|');
    }
  });

  test('a caret that nobody typed at goes along with what others write there', () => {
    const [aida, davron] = desks([2, 3], 'one two') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAtEnd();
    davron.pointAtEnd();
    davron.type(' three');
    table.settle();
    expect(aida.shown).toBe('one two three|');
  });
});

describe('[B42] a paragraph that somebody else splits or joins', () => {
  function three(...paragraphs: string[]) {
    const people = desks([2, 3, 4], ...paragraphs) as [Desk, Desk, Desk];
    return { people, table: new Table(people) };
  }

  test('takes the caret along with its text', () => {
    const { people, table } = three('one two three four');
    const [aida, davron, emine] = people;
    aida.pointAt('four');
    aida.type('XY');
    table.settle();
    davron.pointAt('three');
    davron.press(enter);
    table.settle();
    aida.type('Z ');
    table.settle();
    expect(people.map(({ text }) => text)).toEqual(Array(3).fill('one two ¶three XYZ four'));
    expect(aida.shown).toBe('one two ¶three XYZ |four');
    emine.pointAt('three');
    emine.press(backspace);
    table.settle();
    expect(aida.shown).toBe('one two three XYZ |four');
  });

  test('takes along what was typed before it was heard of, once', () => {
    const { people, table } = three('one two three four');
    const [aida, davron, emine] = people;
    aida.pointAt('four');
    davron.pointAt('three');
    davron.press(enter);
    aida.type('XYZ ');
    emine.pointAtEnd();
    emine.type('!');
    table.settle();
    expect(people.map(({ text }) => text)).toEqual(Array(3).fill('one two ¶three XYZ four!'));
    davron.press(backspace);
    aida.type('more ');
    table.settle();
    expect(people.map(({ text }) => text)).toEqual(Array(3).fill('one two three XYZ more four!'));
  });

  test('keeps what was typed in a paragraph that was joined away, an empty one too', () => {
    const { people, table } = three('one', '', 'two');
    const [aida, davron, emine] = people;
    aida.point(6); // the empty one
    davron.point(6);
    emine.pointAt('two');
    davron.press(backspace);
    aida.type('XYZ');
    emine.press(backspace);
    table.settle();
    expect(
      aida.text
        .replaceAll('¶', ' ')
        .split(/(one|XYZ|two)/)
        .filter((part) => part.trim() !== '')
        .sort(),
    ).toEqual(['XYZ', 'one', 'two']);
    expect(new Set(people.map(({ text }) => text)).size).toBe(1);
  });

  test('loses nothing to two who moved it on and each keep another copy', () => {
    const { people, table } = three('one two three four');
    const [aida, davron, emine] = people;
    aida.pointAt('three');
    aida.press(enter);
    davron.pointAt('four');
    davron.press(enter);
    emine.pointAtEnd();
    emine.type('!');
    table.send(davron);
    table.tell(aida);
    davron.press(backspace);
    aida.type('X ');
    table.settle();
    expect(new Set(people.map(({ text }) => text)).size).toBe(1);
    expect([...people[0].text.replaceAll('¶', '')].sort().join('')).toBe([...'one two X three four!'].sort().join(''));
  });

  test('takes along what somebody typed who has closed the editor since', () => {
    const { people, table } = three('one', 'two', 'three');
    const [aida, davron, emine] = people;
    aida.pointAt('two');
    aida.type('XYZ ');
    aida.leave();
    davron.pointAt('two');
    davron.press(backspace);
    emine.pointAt('three');
    emine.press(toggleList);
    table.settle();
    for (const one of people.slice(1)) expect(one.text.replace('¶', '|')).toBe('oneXYZ two|three');
  });

  test('keeps its emoji whole, whoever types beside them or takes them along', () => {
    const { people, table } = three('👩‍👧 one two🔥');
    const [aida, davron, emine] = people;
    aida.point(1);
    aida.type('a');
    davron.pointAt('two');
    davron.press(enter);
    emine.pointAtEnd();
    emine.type('🧿');
    davron.point(1);
    davron.type('d');
    table.settle();
    davron.pointAt('two');
    davron.press(backspace);
    table.settle();
    expect(new Set(people.map(({ text }) => text)).size).toBe(1);
    expect(people[0].text.replace(/^(ad|da)/, '')).toBe('👩‍👧 one two🔥🧿');
  });

  test('is split once by two who press Enter at one place', () => {
    const { people, table } = three('one two');
    for (const one of people.slice(0, 2)) {
      one.pointAt('two');
      one.press(enter);
    }
    table.settle();
    expect(new Set(people.map(({ text }) => text)).size).toBe(1);
    expect(people[0].text.replaceAll('¶', '')).toBe('one two');
  });

  test('a word that was deleted meanwhile stays deleted', () => {
    const { people, table } = three('one two three');
    const [aida, davron] = people;
    davron.pointAt('two');
    davron.press(enter);
    aida.pointAtEnd();
    for (let letter = 0; letter < 6; letter += 1) {
      const { head } = aida.state.selection;
      aida.press((state, dispatch) => (dispatch?.(state.tr.delete(head - 1, head)), true));
    }
    table.settle();
    expect(people.map(({ text }) => text)).toEqual(Array(3).fill('one ¶two'));
  });

  test('becomes a list with what is typed in it meanwhile', () => {
    const { people, table } = three('one two', 'three');
    const [aida, davron] = people;
    davron.pointAt('two');
    davron.press(toggleList);
    aida.pointAt('two');
    aida.type('XYZ ');
    table.settle();
    aida.type('more ');
    table.settle();
    expect(new Set(people.map(({ state }) => String(state.doc)))).toEqual(
      new Set(['doc(bullet_list(list_item(paragraph("one XYZ more two"))), paragraph("three"))']),
    );
  });
});

describe('[B42] a run of typing stays whole when, before all of it was heard of,', () => {
  test('somebody splits at its edge and joins again, and its author splits behind it', () => {
    const [aida, davron] = desks([4, 5], 'one') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.type('X');
    davron.type('ab');
    table.send(davron);
    table.tell(aida);
    aida.press(enter);
    aida.press(backspace);
    davron.press(enter);
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('Xabone¶'));
  });

  test('somebody splits at its edge, and splits again by redo', () => {
    const [aida, davron, emine] = desks([5, 6, 4], 'one') as [Desk, Desk, Desk];
    const table = new Table([aida, davron, emine]);
    davron.type('ab');
    emine.type('X');
    table.send(davron);
    table.tell(emine);
    emine.press(enter);
    emine.undo();
    emine.redo();
    aida.type('Z');
    table.settle();
    expect(new Set([aida.text, davron.text, emine.text]).size).toBe(1);
    expect(aida.text).toContain('ab');
  });

  test('somebody takes along a part of it, and goes on behind that', () => {
    const [aida, davron] = desks([2, 3], 'one six') as [Desk, Desk];
    const table = new Table([aida, davron]);
    davron.pointAtEnd();
    davron.type('a');
    table.settle();
    davron.type('b');
    for (const one of [aida, davron]) {
      one.pointAt('six');
      one.press(enter);
    }
    aida.pointAtEnd();
    aida.type('X');
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one ¶¶sixabX'));
  });

  test('somebody wrote behind a part of it, and its author makes a list of all', () => {
    const [aida, davron] = desks([3, 4], 'one', '') as [Desk, Desk];
    const table = new Table([aida, davron]);
    davron.pointAtEnd();
    davron.type('a');
    table.settle();
    aida.pointAtEnd();
    aida.type('X');
    aida.point(aida.state.selection.$head.start());
    aida.press(backspace);
    davron.type('b');
    davron.press(toggleList);
    table.settle();
    expect(aida.text).toBe(davron.text);
    expect(aida.text).toContain('abX');
  });

  test('for a moment nothing is left of what its end stood beside', () => {
    const [aida, davron] = desks([2, 4], 'one two') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.type('X');
    davron.type('a');
    table.send(davron);
    table.tell(aida);
    davron.type('b');
    aida.press(enter);
    davron.press(toggleList);
    aida.point(aida.state.selection.$head.start());
    aida.press(backspace);
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('Xabone two'));
  });

  test('somebody moves its end once more than its beginning, which another one had moved elsewhere', () => {
    const [aida, davron, emine] = desks([3, 4, 2], 'one two') as [Desk, Desk, Desk];
    const table = new Table([aida, davron, emine]);
    emine.type('X');
    davron.type('a');
    aida.type('Y');
    table.send(davron);
    table.tell(emine);
    table.send(emine);
    table.tell(aida);
    davron.type('b');
    table.send(aida);
    table.tell(emine);
    table.send(davron);
    table.tell(emine);
    table.tell(emine);
    aida.press(enter);
    table.send(aida);
    table.tell(emine);
    emine.press(enter);
    table.tell(emine);
    emine.point(emine.state.selection.$head.start());
    emine.press(backspace);
    table.settle();
    expect(new Set([aida.text, davron.text, emine.text]).size).toBe(1);
    expect(aida.text).toContain('ab');
  });

  test('its author and somebody else join the paragraph in which it stands', () => {
    const [aida, davron] = desks([2, 3], 'one', '') as [Desk, Desk];
    const table = new Table([aida, davron]);
    for (const one of [aida, davron]) one.pointAtEnd();
    aida.type('ab');
    table.send(aida);
    table.tell(davron);
    for (const one of [davron, aida]) {
      one.point(one.state.selection.$head.start());
      one.press(backspace);
    }
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('oneab'));
  });

  test('its author joins the paragraph in which it stands, goes on, and somebody else joins it too', () => {
    const [aida, davron] = desks([2, 3], 'one', '') as [Desk, Desk];
    const table = new Table([aida, davron]);
    for (const one of [aida, davron]) one.pointAtEnd();
    davron.type('ab');
    table.send(davron);
    aida.type('X');
    table.send(aida);
    for (let times = 0; times < 2; times += 1) table.tell(davron);
    davron.point(davron.state.selection.$head.start());
    davron.press(backspace);
    table.tell(aida);
    davron.type('c');
    aida.point(aida.state.selection.$head.start());
    aida.press(backspace);
    table.settle();
    expect(new Set([aida.text, davron.text]).size).toBe(1);
    expect(aida.text).toContain('ab');
  });

  test('somebody makes a list of a part of it, which its author has taken back and done again', () => {
    const [aida, davron] = desks([4, 3], 'one') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.type('ab');
    table.send(aida);
    aida.undo();
    aida.redo();
    table.tell(davron);
    davron.press(toggleList);
    table.send(davron);
    for (let times = 0; times < 2; times += 1) table.tell(aida);
    aida.press(enter);
    table.settle();
    expect(new Set([aida.text, davron.text]).size).toBe(1);
    expect(aida.text).toContain('ab');
  });

  test('somebody writes within it all the same', () => {
    const [aida, davron] = desks([2, 3], 'one ') as [Desk, Desk];
    const table = new Table([aida, davron]);
    davron.pointAtEnd();
    davron.type('ab');
    table.settle();
    aida.pointAt('b');
    aida.type('X');
    davron.pointAt('one');
    davron.press(enter);
    table.settle();
    expect(aida.text).toBe(davron.text);
    expect(aida.text).toContain('aXb');
  });
});

describe('[B42] a run of typing', () => {
  test.each([
    [2, 3],
    [3, 2],
  ])('begins with lines that its author pasted (%i, %i)', (first, second) => {
    const [aida, davron] = desks([first, second], 'one ') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAtEnd();
    aida.press(pasteLines('ab', 'cd'));
    table.settle();
    davron.pointAtEnd();
    davron.type('X');
    aida.type('ef');
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one ab¶cdefX'));
  });

  test('stays parted where somebody put a line or a word into it, whatever is split elsewhere', () => {
    const [aida, davron] = desks([2, 3], 'one two') as [Desk, Desk];
    const table = new Table([aida, davron]);
    davron.pointAtEnd();
    davron.type('abcd');
    table.settle();
    aida.pointAt('b');
    aida.press(enter);
    table.settle();
    aida.pointAt('d');
    aida.type('X');
    table.settle();
    aida.pointAt('two');
    aida.press(enter);
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one ¶twoa¶bcXd'));
  });
});

describe('[B42] an undo that moves words', () => {
  test('takes along what somebody typed there meanwhile, and leaves the caret where it was', () => {
    const [aida, davron] = desks([2, 3], 'one two three') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAt('two');
    aida.press(enter);
    table.settle();
    davron.pointAt('three');
    davron.type('XYZ ');
    aida.undo();
    table.settle();
    expect([aida.text, davron.text]).toEqual(['one two XYZ three', 'one two XYZ three']);
    expect(aida.shown).toBe('one |two XYZ three');
    aida.redo();
    davron.type('more ');
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one ¶two XYZ more three'));
  });

  test('brings words back once that somebody else had moved, and whose neighbours had been taken back', () => {
    const [aida, davron] = desks([4, 3], 'one') as [Desk, Desk];
    const table = new Table([aida, davron]);
    davron.type('X');
    davron.undo();
    davron.redo();
    table.send(davron);
    table.tell(aida);
    aida.type('a');
    table.send(davron);
    table.send(aida);
    for (let times = 0; times < 3; times += 1) table.tell(davron);
    table.send(davron);
    davron.press(toggleList);
    table.settle();
    aida.undo();
    aida.redo();
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('Xaone'));
  });

  test('leaves what somebody else wrote behind the words that it takes back, also when these had been in a list meanwhile', () => {
    const [aida, davron] = desks([2, 3], 'one') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAtEnd();
    aida.press(enter);
    aida.type('ab');
    table.settle();
    davron.pointAtEnd();
    davron.type('XYZ');
    table.settle();
    aida.press(toggleList);
    aida.undo();
    aida.undo();
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one¶XYZ'));
  });

  test('leaves what somebody else wrote in a line that came and was moved by one deed', () => {
    const [aida, davron] = desks([2, 3], 'one') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.bound.undoManager.stopCapturing = () => {}; // all within half a second
    aida.pointAtEnd();
    aida.press(enter);
    aida.type('ab');
    table.settle();
    davron.pointAtEnd();
    davron.type('XYZ');
    table.settle();
    aida.press(toggleList);
    aida.undo();
    table.settle();
    expect(aida.text).toBe(davron.text);
    expect(aida.text).toContain('XYZ');
  });

  test('brings words back once, although somebody else has moved them on', () => {
    const [aida, davron] = desks([2, 3], 'one two') as [Desk, Desk];
    const table = new Table([aida, davron]);
    aida.pointAt('two');
    aida.type('XYZ ');
    table.settle();
    davron.pointAt('two');
    aida.undo();
    davron.press(toggleList);
    aida.redo();
    table.settle();
    expect([aida.text, davron.text]).toEqual(Array(2).fill('one XYZ two'));
  });
});

function pasteLines(...lines: string[]): Command {
  const paragraphs = lines.map((words) => schema.nodes.paragraph.create(null, schema.text(words)));
  const slice = Slice.maxOpen(Fragment.from(paragraphs));
  return (state, dispatch) => (dispatch?.(state.tr.replaceSelection(slice)), true);
}

/** Every letter is another one, so that each is found again. */
function play(
  seed: number,
  deed: (random: Seeded, desk: Desk, part: (desk: Desk) => void) => boolean,
  hasUndo = false,
) {
  const random = new Seeded(seed);
  const clients = Array.from({ length: random.between(2, 4) }, () => random.between(100, 1_000_000));
  const people = desks(clients, ...['one two three four', '', 'five six'].slice(0, random.between(1, 3)));
  const table = new Table(people);
  const runs: string[] = [];
  const undone = new Set<number>();
  const open = new Map<Desk, number>();
  const owners: Desk[] = [];
  /** Letters in front of which somebody edited inside a run. */
  const parted = new Set<string>();
  const part = (desk: Desk) => {
    const [left, right] = desk.beside;
    if (left !== '' && right !== '' && runs.some((run) => run.includes(left) && run.includes(right))) parted.add(right);
  };
  // some of them letters that are two units of text each, as an emoji is
  let next = seed % 3 ? 0x4e00 : 0x20000;
  for (let turn = 0; turn < 100; turn += 1) {
    const desk = people[random.between(0, people.length - 1)]!;
    if (random.next() < 0.1) {
      // half of them to where somebody may be writing: the end
      if (random.next() < 0.5) desk.pointAtEnd();
      else desk.pointAt(['two', 'three', 'four', 'six'][random.between(0, 3)]!);
      open.delete(desk);
    } else if (deed(random, desk, part)) open.delete(desk);
    else if (hasUndo && random.next() < 0.05) {
      for (const [run, owner] of owners.entries()) if (owner === desk) undone.add(run);
      desk.undo();
      if (random.next() < 0.4) desk.redo();
      open.delete(desk);
    } else {
      if (!open.has(desk)) {
        part(desk);
        open.set(desk, runs.push('') - 1);
        owners.push(desk);
      }
      const letter = String.fromCodePoint((next += 1));
      runs[open.get(desk)!] += letter;
      desk.type(letter);
    }
    for (let times = random.between(0, 3); times > 0; times -= 1) {
      table.send(people[random.between(0, people.length - 1)]!);
      table.tell(people[random.between(0, people.length - 1)]!);
    }
  }
  table.settle();
  return { texts: people.map(({ state }) => String(state.doc)), text: people[0]!.text, runs, undone, parted };
}

test(
  `[B41] ${SEEDS} seeds: every run of typing is whole and in order in everybody’s copy`,
  () => {
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const { texts, text, runs } = play(seed, () => false);
      expect(new Set(texts).size, `seed ${seed}`).toBe(1);
      expect(
        runs.filter((run) => !text.includes(run)),
        `seed ${seed}`,
      ).toEqual([]);
    }
  },
  LIMIT,
);

/** A run of typing, parted where somebody edited inside it. */
function partsOf(run: string, parted: ReadonlySet<string>): string[] {
  const parts = [''];
  for (const letter of run) {
    if (parted.has(letter)) parts.push('');
    parts[parts.length - 1] += letter;
  }
  return parts;
}

/** What is wrong after Enter, joins, lists and undo: every letter is there once, all copies are equal, every run whole but where somebody edited inside it. */
function faultsIn(seed: number): string[] {
  const deed = (random: Seeded, desk: Desk, part: (desk: Desk) => void) => {
    const chance = random.next();
    if (chance < 0.06) {
      part(desk);
      desk.press(enter);
    } else if (chance < 0.09) {
      desk.point(desk.state.selection.$head.start());
      desk.press(backspace);
    } else if (chance < 0.1) desk.press(toggleList);
    return chance < 0.1;
  };
  const { texts, text, runs, undone, parted } = play(seed, deed, seed % 2 > 0);
  const faults = new Set(texts).size === 1 ? [] : ['copies differ'];
  for (const [run, letters] of runs.entries()) {
    for (const letter of letters) {
      const count = text.split(letter).length - 1;
      if (count > 1 || (count < 1 && !undone.has(run))) faults.push(`${letter} of ${letters} is there ${count} times`);
    }
    for (const part of partsOf(letters, parted)) {
      const left = [...part].filter((letter) => text.includes(letter)).join('');
      if (!text.includes(left)) faults.push(`${left} is not whole`);
    }
  }
  return faults.length > 0 ? [...faults, `in ${text}`] : [];
}

test(
  `[B42] ${SEEDS} seeds with Enter, joins, lists and undo: no letter is lost or doubled, runs stay whole, and all copies are equal`,
  () => {
    const failed: Record<number, string[]> = {};
    for (let seed = FIRST; seed < FIRST + SEEDS; seed += 1) {
      const faults = faultsIn(seed);
      if (faults.length > 0) failed[seed] = faults;
    }
    expect(failed).toEqual({});
  },
  LIMIT,
);
