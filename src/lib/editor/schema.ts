import { Schema, type DOMOutputSpec, type Node, type TagParseRule } from 'prosemirror-model';
import { directionOf, isLanguage } from '#domain/languages/language.ts';
import { isSafeHref } from '#protocol/rich-text.ts';

/** The names are those of `protocol/rich-text.ts`, and no others: y-prosemirror deletes what a schema does not know. */
const lang = { lang: { default: null as string | null } };

const readLang = (dom: HTMLElement) => ({
  lang: isLanguage(dom.getAttribute('lang')) ? dom.getAttribute('lang') : null,
});

const inLanguage =
  (tag: string) =>
  (node: Node): DOMOutputSpec =>
    isLanguage(node.attrs.lang) ? [tag, { lang: node.attrs.lang, dir: directionOf(node.attrs.lang) }, 0] : [tag, 0];

const block = (tag: string): TagParseRule => ({ tag, getAttrs: readLang });

export const schema = new Schema({
  nodes: {
    doc: { content: 'block+' },
    paragraph: { content: 'text*', group: 'block', attrs: lang, parseDOM: [block('p')], toDOM: inLanguage('p') },
    bullet_list: {
      content: 'list_item+',
      group: 'block',
      attrs: lang,
      parseDOM: [block('ul'), block('ol')],
      toDOM: inLanguage('ul'),
    },
    // More than one paragraph only after two people split the same entry at once: refusing it would delete their text.
    list_item: { content: 'paragraph+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
    text: {},
  },
  marks: {
    link: {
      attrs: { href: {} },
      inclusive: false,
      parseDOM: [
        {
          tag: 'a[href]',
          getAttrs: (dom) => {
            const href = dom.getAttribute('href') ?? '';
            return isSafeHref(href) && { href };
          },
        },
      ],
      toDOM: (mark) => [
        'a',
        { href: isSafeHref(mark.attrs.href) ? mark.attrs.href : null, rel: 'noopener nofollow' },
        0,
      ],
    },
    strong: {
      parseDOM: [
        { tag: 'strong' },
        // Google Docs wraps whole pastes in <b style="font-weight:normal">.
        { tag: 'b', getAttrs: (dom) => dom.style.fontWeight !== 'normal' && null },
        { style: 'font-weight', getAttrs: (value) => /^(bold(er)?|[6-9]\d{2})$/.test(value) && null },
      ],
      toDOM: () => ['strong', 0],
    },
    em: {
      parseDOM: [{ tag: 'em' }, { tag: 'i' }, { style: 'font-style=italic' }],
      toDOM: () => ['em', 0],
    },
  },
});
