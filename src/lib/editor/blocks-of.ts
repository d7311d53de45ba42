import type { Node } from 'prosemirror-model';
import type { Language } from '#domain/languages/language.ts';
import type { Block, Run } from '#domain/languages/text.ts';

/** What stands in an editor, as everything outside of it has it. */
export function blocksOf(doc: Node, lang: Language): Block[] {
  return doc.children.map((node): Block => {
    const own = (node.attrs.lang as Language | null) ?? lang;
    if (node.type.name !== 'bullet_list') return { kind: 'paragraph', lang: own, runs: runsOf(node) };
    return { kind: 'list', lang: own, items: node.children.flatMap((entry) => entry.children.map(runsOf)) };
  });
}

const runsOf = (paragraph: Node): Run[] =>
  paragraph.children.map(({ text, marks }) => {
    const [names, link] = [marks.map(({ type }) => type.name), marks.find(({ type }) => type.name === 'link')];
    return {
      text: text ?? '',
      ...(names.includes('strong') && { strong: true }),
      ...(names.includes('em') && { em: true }),
      ...(link && { href: link.attrs.href as string }),
    };
  });
