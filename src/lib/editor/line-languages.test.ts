import { EditorState } from 'prosemirror-state';
import type { DecorationSet } from 'prosemirror-view';
import { expect, test } from 'vitest';
import { lineLanguages } from './line-languages.ts';
import { schema } from './schema.ts';

const { doc, paragraph, bullet_list: list, list_item: entry } = schema.nodes;
const line = (text: string, lang: string | null = null) => paragraph.create({ lang }, text ? schema.text(text) : []);

test('[L8] a line is laid out by its own letters while it is written, whatever its item is in', () => {
  const lines = [
    line('صاف پانی سب کے لیے'),
    line('Clean water for all'),
    line('UNESCO کی مدد سے'),
    line('Clean water', 'ur'),
    line(''),
    list.create(null, [entry.create(null, line('Чистая вода'))]),
    line('Чистая вода', 'ru'),
    line('', 'en'),
  ];
  let language: 'ur' | 'ru' = 'ur';
  const plugin = lineLanguages(() => language);
  const state = EditorState.create({ doc: doc.create(null, lines), plugins: [plugin] });
  const looks = () => {
    const shown = plugin.props.decorations!.call(plugin, state) as DecorationSet;
    return shown.find().map((one) => (one as unknown as { type: { attrs: object } }).type.attrs);
  };
  expect(looks()).toEqual([
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Latn', dir: 'ltr' },
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Latn', dir: 'ltr' },
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Cyrl', dir: 'ltr' },
    { lang: 'ru', dir: 'ltr' },
    { lang: 'en', dir: 'ltr' },
  ]);
  language = 'ru'; // it was chosen anew
  expect([looks()[4], looks()[5]]).toEqual(Array(2).fill({ lang: 'ru', dir: 'ltr' }));
});
