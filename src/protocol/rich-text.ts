import * as Y from 'yjs';
import type { Language } from '#domain/languages/language.ts';
import type { Block, Run } from '#domain/languages/text.ts';

/**
 * Rich text in Yjs, as y-prosemirror lays it out: an XmlFragment of `paragraph` and `bullet_list > list_item > paragraph`
 * elements with formatted text. `lang` is an attribute of the outer element; without it the given language holds.
 * Marks are `strong`, `em` and `link {href}`. The editor's schema (`lib/editor/schema.ts`) has these names and no others.
 */
export function readBlocks(fragment: Y.XmlFragment, lang: Language): Block[] {
  return fragment.toArray().flatMap((node): Block[] => {
    if (node instanceof Y.XmlText) return [{ kind: 'paragraph', lang, runs: readRuns(node) }];
    if (!(node instanceof Y.XmlElement)) return [];
    const own = node.getAttribute('lang') ?? lang;
    if (node.nodeName === 'paragraph') return [{ kind: 'paragraph', lang: own, runs: runsWithin(node) }];
    if (node.nodeName === 'bullet_list') {
      const entries = node.toArray().filter((child): child is Y.XmlElement => child instanceof Y.XmlElement);
      return [{ kind: 'list', lang: own, items: entries.map(runsWithin) }];
    }
    return [];
  });
}

/** Appends blocks to a fragment that is part of a document. `lang` is written where it differs from the text's own. */
export function writeBlocks(fragment: Y.XmlFragment, blocks: readonly Block[], lang: Language): void {
  fragment.push(blocks.map((block) => blockElement(block, lang)));
}

function blockElement(block: Block, lang: Language): Y.XmlElement {
  const element = block.kind === 'paragraph' ? paragraphElement(block.runs) : new Y.XmlElement('bullet_list');
  if (block.kind === 'list') {
    element.insert(
      0,
      block.items.map((runs) => {
        const item = new Y.XmlElement('list_item');
        item.insert(0, [paragraphElement(runs)]);
        return item;
      }),
    );
  }
  if (block.lang !== lang) element.setAttribute('lang', block.lang);
  return element;
}

function paragraphElement(runs: readonly Run[]): Y.XmlElement {
  const paragraph = new Y.XmlElement('paragraph');
  const text = new Y.XmlText();
  text.applyDelta(
    runs
      .filter((run) => run.text !== '')
      .map((run) => ({
        insert: run.text,
        attributes: {
          ...(run.strong && { strong: {} }),
          ...(run.em && { em: {} }),
          ...(run.href && { link: { href: run.href } }),
        },
      })),
  );
  paragraph.insert(0, [text]);
  return paragraph;
}

interface Delta {
  insert?: unknown;
  attributes?: { strong?: unknown; em?: unknown; link?: { href?: unknown } | null };
}

function readRuns(text: Y.XmlText): Run[] {
  return (text.toDelta() as Delta[]).flatMap(({ insert, attributes }): Run[] => {
    if (typeof insert !== 'string' || insert === '') return [];
    const href = attributes?.link?.href;
    return [
      {
        text: insert,
        ...(attributes?.strong ? { strong: true as const } : {}),
        ...(attributes?.em ? { em: true as const } : {}),
        ...(typeof href === 'string' && isSafeHref(href) ? { href } : {}),
      },
    ];
  });
}

/** Paragraphs inside one list entry (two people split it at once) read as one text with a space between. */
function runsWithin(element: Y.XmlElement): Run[] {
  return element.toArray().flatMap((child, index) => {
    if (child instanceof Y.XmlText) return readRuns(child);
    if (!(child instanceof Y.XmlElement)) return [];
    const runs = runsWithin(child);
    return index > 0 && runs.length > 0 ? [{ text: ' ' }, ...runs] : runs;
  });
}

/** Links that may leave this system; everything else is dropped, so that no `javascript:` reaches a page or an export. */
export const isSafeHref = (href: string): boolean => /^(https?:|mailto:)/i.test(href);
