import { Fragment, Slice, type Node } from 'prosemirror-model';
import { EditorState, TextSelection } from 'prosemirror-state';
import { expect, test } from 'vitest';
import { textOfRuns } from '#domain/languages/text.ts';
import { blocksOf } from './blocks-of.ts';
import { onLinesOfTheirOwn } from './lines-of-their-own.ts';
import { schema } from './schema.ts';

const { doc, paragraph, bullet_list, list_item } = schema.nodes;
const p = (words: string) => paragraph.create(null, words === '' ? [] : schema.text(words));
const ul = (...entries: string[]) =>
  bullet_list.create(
    null,
    entries.map((words) => list_item.create(null, p(words))),
  );

/** What stands there after a paste where `|` is: an array is a list. */
function pasted(before: readonly Node[], nodes: readonly Node[]): (string | string[])[] {
  let at = 0;
  const whole = doc.create(null, before);
  whole.descendants((node, pos) => {
    if (node.isText && node.text!.includes('|')) at = pos + node.text!.indexOf('|');
  });
  const state = EditorState.create({ doc: whole });
  const placed = state.apply(state.tr.delete(at, at + 1));
  const caret = placed.apply(placed.tr.setSelection(TextSelection.create(placed.doc, at)));
  const slice = onLinesOfTheirOwn(Slice.maxOpen(Fragment.from(nodes)), caret.selection);
  const after = caret.apply(caret.tr.replaceSelection(slice)).doc;
  after.check();
  return blocksOf(after, 'en').map((block) =>
    block.kind === 'list' ? block.items.map(textOfRuns) : textOfRuns(block.runs),
  );
}

test.each<[string, Node[], Node[], (string | string[])[]]>([
  ['a list behind words', [p('words|')], [ul('one', 'two')], ['words', ['one', 'two']]],
  ['a list amid words', [p('wo|rds')], [ul('one', 'two')], ['wo', ['one', 'two'], 'rds']],
  ['a list before words', [p('|words')], [ul('one', 'two')], [['one', 'two'], 'words']],
  ['a list where nothing stands', [p('|')], [ul('one', 'two')], [['one', 'two']]],
  ['a list behind an entry', [ul('a|', 'b')], [ul('one', 'two')], [['a', 'one', 'two', 'b']]],
  ['a list in an empty entry', [ul('a', '|')], [ul('one', 'two')], [['a', 'one', 'two']]],
  ['paragraphs behind words', [p('words|'), p('end')], [p('one'), p('two')], ['words', 'one', 'two', 'end']],
  ['a sentence and its list', [p('words|')], [p('one'), ul('two')], ['words', 'one', ['two']]],
  ['one line amid words', [p('wo|rds')], [p('one')], ['woonerds']],
  ['one entry amid words', [p('wo|rds')], [ul('one')], ['woonerds']],
])('[B116] %s', (_, before, nodes, after) => {
  expect(pasted(before, nodes)).toEqual(after);
});
