import type { Node } from 'prosemirror-model';
import { Plugin } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { fittingLanguage } from '#domain/languages/fitting.ts';
import { directionOf, type Language } from '#domain/languages/language.ts';

const MOST_READ = 600; // characters; an alphabet is told by fewer

/** Each paragraph and list has its direction and its letters as it is read, also while it is written. */
export function lineLanguages(lang: () => Language): Plugin {
  // a key changes one line of perhaps thousands
  const known = new WeakMap<Node, Line>();
  const lineOf = (block: Node): Line => {
    const stated = (block.attrs.lang as Language | null) ?? lang();
    const before = known.get(block);
    if (before?.stated === stated) return before;
    const own = fittingLanguage(stated, block.textBetween(0, Math.min(block.content.size, MOST_READ), ' '));
    const line = { stated, look: { lang: own, dir: directionOf(own) } };
    known.set(block, line);
    return line;
  };
  return new Plugin({
    props: {
      decorations({ doc }) {
        const lines: Decoration[] = [];
        doc.forEach((block, at) => lines.push(Decoration.node(at, at + block.nodeSize, lineOf(block).look)));
        return DecorationSet.create(doc, lines);
      },
    },
  });
}

interface Line {
  readonly stated: Language;
  readonly look: { readonly lang: Language; readonly dir: 'ltr' | 'rtl' };
}
