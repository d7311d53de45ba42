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
  ];
  const plugin = lineLanguages(() => 'ur');
  const state = EditorState.create({ doc: doc.create(null, lines), plugins: [plugin] });
  const shown = plugin.props.decorations!.call(plugin, state) as DecorationSet;
  const attributes = shown.find().map((one) => (one as unknown as { type: { attrs: object } }).type.attrs);
  expect(attributes).toEqual([
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Latn', dir: 'ltr' },
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Latn', dir: 'ltr' },
    { lang: 'ur', dir: 'rtl' },
    { lang: 'und-Cyrl', dir: 'ltr' },
  ]);
});
