import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { undoInPlace } from './undo-in-place.ts';

/** One text of paragraphs that can be taken away as a whole, and somebody else's copy of it. */
function table(...paragraphs: string[]) {
  const [doc, other] = [new Y.Doc(), new Y.Doc()];
  doc.on('update', (update: Uint8Array, origin) => origin !== 'wire' && Y.applyUpdate(other, update, 'wire'));
  other.on('update', (update: Uint8Array, origin) => origin !== 'wire' && Y.applyUpdate(doc, update, 'wire'));
  const texts = doc.getMap<Y.XmlFragment>('texts');
  const undoManager = undoInPlace(new Y.UndoManager(texts, { trackedOrigins: new Set(['me']) }));
  const deed = (act: () => void) => {
    undoManager.stopCapturing();
    doc.transact(act, 'me');
  };
  const all = () => texts.get('text')!;
  const first = () => all().get(0) as Y.XmlElement;
  const words = () => first().get(0) as Y.XmlText;
  const paragraph = (text: string) => {
    const made = new Y.XmlElement('p');
    made.insert(0, [new Y.XmlText(text)]);
    return made;
  };
  const read = (copy: Y.Doc) => {
    const shown = copy.getMap<Y.XmlFragment>('texts').get('text');
    return shown?.toArray().map((one) => (one as Y.XmlElement).toArray().join(''));
  };
  doc.transact(() => {
    texts.set('text', new Y.XmlFragment());
    all().insert(0, paragraphs.map(paragraph));
  });
  return {
    type: (at: number, text: string) => deed(() => words().insert(at, text)),
    cut: (at: number, length: number) => deed(() => words().delete(at, length)),
    cutAll: () => deed(() => first().delete(0)),
    addParagraph: (at: number, text: string) => deed(() => all().insert(at, [paragraph(text)])),
    removeParagraph: (at: number) => deed(() => all().delete(at)),
    remove: () => deed(() => texts.delete('text')),
    addText: (name: string) => deed(() => void texts.set(name, new Y.XmlFragment())),
    names: () => [...texts.keys()],
    theyRemove: () => other.getMap('texts').delete('text'),
    undo: () => undoManager.undo(),
    redo: () => undoManager.redo(),
    mine: () => read(doc),
    theirs: () => read(other),
  };
}

describe('a text that is taken away and brought back', () => {
  test('[B1] is the same on every copy when one wrote within words that had been brought back', () => {
    const { type, undo, redo, remove, mine, theirs } = table('a');
    type(1, 'bd');
    undo();
    redo();
    type(2, 'c');
    remove();
    undo();
    expect([mine(), theirs()]).toEqual([['abcd'], ['abcd']]);
  });

  test('[B10] is whole when words of it had been brought back', () => {
    const { type, cut, undo, remove, mine, theirs } = table('ad');
    type(1, 'bc');
    cut(3, 1);
    undo();
    type(4, 'e');
    remove();
    undo();
    expect([mine(), theirs()]).toEqual([['abcde'], ['abcde']]);
  });

  test('[B10] has its paragraphs in order when some of them had been brought back', () => {
    const { addParagraph, removeParagraph, undo, remove, mine, theirs } = table('one', 'three');
    removeParagraph(0);
    undo();
    addParagraph(1, 'two');
    removeParagraph(2);
    undo();
    remove();
    undo();
    const inOrder = ['one', 'two', 'three'];
    expect([mine(), theirs()]).toEqual([inOrder, inOrder]);
  });

  test('[B8] still gets what was cut from a paragraph that had been brought back', () => {
    const { cutAll, removeParagraph, undo, remove, mine } = table('one', 'two');
    cutAll();
    removeParagraph(0);
    undo();
    remove();
    undo();
    expect(mine()).toEqual(['', 'two']);
    undo();
    expect(mine()).toEqual(['one', 'two']);
  });

  test('[B8] may be removed by somebody else, and undo goes on', () => {
    const { type, cut, undo, remove, addText, theyRemove, names } = table('ab');
    addText('first');
    cut(0, 1);
    type(1, 'c');
    remove();
    undo();
    undo();
    addText('second'); // there is nothing to redo any more
    theyRemove();
    const left = () => {
      undo();
      return names();
    };
    expect([left(), left(), left()]).toEqual([['first'], ['first'], []]);
  });

  test('[B8] still loses what was typed, cut and brought back, when that it was typed is undone', () => {
    const { type, cut, undo, remove, mine } = table('a');
    type(1, 'bc');
    for (const takeAway of [remove, () => cut(1, 2), remove]) {
      takeAway();
      undo();
      expect(mine()).toEqual(['abc']);
    }
    undo();
    expect(mine()).toEqual(['a']);
  });
});
