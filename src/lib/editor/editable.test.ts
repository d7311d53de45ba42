import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { writeBlocks } from '#protocol/rich-text.ts';
import { isEditable } from './editable.ts';

const text = () => {
  const fragment = new Y.Doc().getXmlFragment('text');
  writeBlocks(
    fragment,
    [
      { kind: 'paragraph', lang: 'ur', runs: [{ text: 'one', strong: true, href: 'https://x.org' }, { text: 'two' }] },
      { kind: 'list', lang: 'en', items: [[{ text: 'three', em: true }], []] },
    ],
    'en',
  );
  return fragment;
};
const words = (fragment: Y.XmlFragment) => (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText;

describe('[B65] a text can be edited', () => {
  test('when the editor wrote it', () => {
    expect(isEditable(text())).toBe(true);
    expect(isEditable(new Y.Doc().getXmlFragment('empty'))).toBe(true);
  });

  test.each<[string, (fragment: Y.XmlFragment) => void]>([
    ['another element', (fragment) => fragment.push([new Y.XmlElement('table')])],
    ['a hook', (fragment) => fragment.push([new Y.XmlHook('x') as never])],
    ['words outside of paragraphs', (fragment) => fragment.push([new Y.XmlText('x')])],
    [
      'a paragraph in a paragraph',
      (fragment) => (fragment.get(0) as Y.XmlElement).push([new Y.XmlElement('paragraph')]),
    ],
    ['a list in a list', (fragment) => (fragment.get(1) as Y.XmlElement).push([new Y.XmlElement('bullet_list')])],
    ['another mark', (fragment) => words(fragment).format(0, 2, { colour: 'red' })],
    ['a picture', (fragment) => words(fragment).insertEmbed(1, { image: 'x' })],
    ['a number', (fragment) => (fragment as unknown as Y.Array<number>).push([7])],
  ])('but not with %s in it', (_, spoil) => {
    const fragment = text();
    spoil(fragment);
    expect(isEditable(fragment)).toBe(false);
  });
});
