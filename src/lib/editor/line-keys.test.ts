import type { Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { describe, expect, test } from 'vitest';
import { desks, Table, type Desk } from './binding/desk.ts';
import { keys, toggleList } from './commands.ts';
import { schema } from './schema.ts';

const { doc, paragraph, bullet_list, list_item } = schema.nodes;
const p = (words: string) => paragraph.create(null, words === '' ? [] : schema.text(words));
const li = (...paragraphs: string[]) => list_item.create(null, paragraphs.map(p));
const ul = (...entries: (string | Node)[]) =>
  bullet_list.create(
    null,
    entries.map((entry) => (typeof entry === 'string' ? li(entry) : entry)),
  );

/** With the caret where `|` is. */
function at(...nodes: Node[]): EditorState {
  const state = EditorState.create({ doc: doc.create(null, nodes) });
  let place = -1;
  state.doc.descendants((node, pos) => {
    if (node.isText && node.text!.includes('|')) place = pos + node.text!.indexOf('|');
  });
  const without = state.tr.delete(place, place + 1);
  return state.apply(without.setSelection(TextSelection.create(without.doc, place)));
}

/** What stands there after some keys, as `p` and `ul` would be given it. */
function after(state: EditorState, ...names: string[]): unknown[] {
  for (const name of names) keys[name]!(state, (transaction) => (state = state.apply(transaction)));
  state.doc.check();
  const shown = state.apply(state.tr.insertText('|')).doc;
  return shown.children.map((node) =>
    node.type === bullet_list
      ? node.children.map((entry) => entry.children.map((words) => words.textContent).join('¶'))
      : node.textContent,
  );
}

describe('[B190] at the end of a list', () => {
  test('Enter in an empty entry leaves it for a paragraph', () => {
    expect(after(at(ul('one', 'two|')), 'Enter', 'Enter')).toEqual([['one', 'two'], '|']);
    expect(after(at(ul('|')), 'Enter')).toEqual(['|']);
    expect(after(at(ul('one', '|', 'two')), 'Enter')).toEqual([['one'], '|', ['two']]);
  });

  test('Backspace takes an empty entry away, and the paragraph that it becomes', () => {
    expect(after(at(ul('one', '|')), 'Backspace')).toEqual([['one'], '|']);
    expect(after(at(ul('one', '|')), 'Backspace', 'Backspace')).toEqual([['one|']]);
  });

  test('what stands behind it joins its last words and becomes no entry', () => {
    expect(after(at(ul('one', 'two'), p('|three')), 'Backspace')).toEqual([['one', 'two|three']]);
    expect(after(at(ul('one', 'two|'), p('three')), 'Delete')).toEqual([['one', 'two|three']]);
  });
});

describe('[B190] at the start of an entry', () => {
  test.each([
    ['of the first', [ul('|one', 'two')], ['|one', ['two']]],
    ['of one in the middle', [ul('one', '|two', 'three')], [['one'], '|two', ['three']]],
    ['of the last', [p('words'), ul('one', '|two')], ['words', ['one'], '|two']],
    ['of the only one', [ul('|one')], ['|one']],
  ])('%s, Backspace makes its words a paragraph', (_, nodes, shown) => {
    expect(after(at(...nodes), 'Backspace')).toEqual(shown);
  });

  test('a second Backspace joins them to what stands before, and the list is one again', () => {
    expect(after(at(ul('one', '|two', 'three')), 'Backspace', 'Backspace')).toEqual([['one|two', 'three']]);
    expect(after(at(p('words'), ul('|one', 'two')), 'Backspace', 'Backspace')).toEqual(['words|one', ['two']]);
  });

  test('Delete before it joins its words', () => {
    expect(after(at(ul('one|', 'two', 'three')), 'Delete')).toEqual([['one|two', 'three']]);
    expect(after(at(p('words|'), ul('one', 'two')), 'Delete')).toEqual(['words|one', ['two']]);
  });

  test('an entry that two people have made of two paragraphs is parted from neither by the second one’s start', () => {
    expect(after(at(ul(li('one', '|two'))), 'Backspace')).toEqual([['one|two']]);
  });
});

test('[B190] what somebody else types meanwhile goes along with an entry that becomes a paragraph', () => {
  const [aida, davron] = desks([2, 3], 'one two') as [Desk, Desk];
  const table = new Table([aida, davron]);
  aida.press(toggleList);
  aida.pointAt('two');
  aida.press(keys['Enter']!);
  table.settle();
  davron.pointAtEnd();
  davron.type(' three');
  aida.pointAt('two');
  aida.press(keys['Backspace']!);
  table.settle();
  expect([String(davron.state.doc), davron.text]).toEqual([String(aida.state.doc), 'one ¶two three']);
  davron.type(' four');
  aida.press(keys['Backspace']!);
  table.settle();
  expect([String(davron.state.doc), davron.text]).toEqual([String(aida.state.doc), 'one two three four']);
});
