import fc from 'fast-check';
import { initProseMirrorDoc, prosemirrorToYXmlFragment } from 'y-prosemirror';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Block, Run } from '#domain/languages/text.ts';
import { schema } from '#lib/editor/schema.ts';
import { isSafeHref, readBlocks, writeBlocks } from './rich-text.ts';

const fragmentOf = (blocks: readonly Block[], lang = 'en') => {
  const fragment = new Y.Doc().getXmlFragment('body');
  writeBlocks(fragment, blocks, lang);
  return fragment;
};

const marks = fc.record(
  {
    strong: fc.constant(true as const),
    em: fc.constant(true as const),
    href: fc.constantFrom('https://example.org', 'mailto:a@b.org'),
  },
  { requiredKeys: [] },
);
/** Neighbouring runs differ in their marks: equal ones are one run. */
const runs: fc.Arbitrary<Run[]> = fc
  .array(fc.tuple(fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }), marks), { maxLength: 4 })
  .map((parts) =>
    parts
      .map(([text, own]) => ({ text, ...own }))
      .filter((run, index, all) => index === 0 || !sameMarks(run, all[index - 1] as Run)),
  )
  .filter((all) => all.every((run, index) => index === 0 || !sameMarks(run, all[index - 1] as Run)));
const sameMarks = (a: Run, b: Run) => a.strong === b.strong && a.em === b.em && a.href === b.href;
const lang = fc.constantFrom('en', 'ru', 'ur', 'pa-Arab');
const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('paragraph' as const), lang, runs }),
    fc.record({ kind: fc.constant('list' as const), lang, items: fc.array(runs, { minLength: 1, maxLength: 3 }) }),
  ),
  { minLength: 1, maxLength: 4 },
);

describe('rich text in Yjs', () => {
  test('[B12] what is written is read', () => {
    fc.assert(
      fc.property(blocks, (written) => {
        expect(readBlocks(fragmentOf(written), 'en')).toEqual(written);
      }),
    );
  });

  test('[B12] opening it in the editor and writing it back changes nothing', () => {
    fc.assert(
      fc.property(blocks, (written) => {
        const { doc } = initProseMirrorDoc(fragmentOf(written), schema);
        doc.check();
        const again = new Y.Doc().getXmlFragment('body');
        prosemirrorToYXmlFragment(doc, again);
        expect(readBlocks(again, 'en')).toEqual(written);
      }),
    );
  });

  test('[B12] a list entry that two people split at once keeps both parts, a line each', () => {
    const fragment = fragmentOf([{ kind: 'list', lang: 'en', items: [[{ text: 'one' }]] }]);
    const entry = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlElement;
    const second = new Y.XmlElement('paragraph');
    second.insert(0, [new Y.XmlText('two')]);
    entry.insert(1, [second]);
    const { doc } = initProseMirrorDoc(fragment, schema);
    doc.check();
    expect(doc.textContent).toBe('onetwo');
    expect(readBlocks(fragment, 'en')).toEqual([
      { kind: 'list', lang: 'en', items: [[{ text: 'one' }, { text: '\n' }, { text: 'two' }]] },
    ]);
  });

  test.each(['javascript:alert(1)', ' javascript:alert(1)', 'data:text/html,x', '/forums', 'vbscript:x', ''])(
    '[B12] %j is no link',
    (href) => {
      expect(isSafeHref(href)).toBe(false);
      const fragment = fragmentOf([{ kind: 'paragraph', lang: 'en', runs: [{ text: 'here', href }] }]);
      expect(readBlocks(fragment, 'en')).toEqual([{ kind: 'paragraph', lang: 'en', runs: [{ text: 'here' }] }]);
    },
  );
});
