import type { Mark, Node } from 'prosemirror-model';
import * as Y from 'yjs';
import { childrenOf } from '#protocol/shared-value.ts';
import { isSafeHref } from '#protocol/rich-text.ts';
import { schema } from '../schema.ts';
import { joined, type Letters } from './letters.ts';

/**
 * A text as the editor shows it: ProseMirror's document, and which letters of Yjs it is. The shared text may be further on; what is
 * typed is written by the letters that stood there.
 */
export interface Shown {
  readonly doc: Node;
  /** In the order of the document's text blocks. */
  readonly paragraphs: readonly Paragraph[];
}

export interface Paragraph {
  /** Null where a text is still empty: the editor shows a paragraph that nobody has written. */
  readonly element: Y.XmlElement | null;
  letters: readonly Letters[];
}

export type Attributes = Readonly<Record<string, unknown>>;
/** A paragraph that is shown as it was. */
export type Frozen = ReadonlyMap<Y.XmlElement, { readonly node: Node; readonly letters: readonly Letters[] }>;

const { doc, paragraph, bullet_list: list, list_item: entry } = schema.nodes;

export function readShown(fragment: Y.XmlFragment, frozen: Frozen = new Map()): Shown {
  const paragraphs: Paragraph[] = [];
  const blocks = [...childrenOf(fragment)].flatMap((child) => nodeOf(child, paragraphs, frozen) ?? []);
  if (blocks.length > 0) return { doc: doc.create(null, blocks), paragraphs };
  return { doc: doc.createAndFill()!, paragraphs: [{ element: null, letters: [] }] };
}

/** Null for what has no place in the schema, or nothing in it: it is left as it is. */
function nodeOf(type: unknown, paragraphs: Paragraph[], frozen: Frozen): Node | null {
  if (!(type instanceof Y.XmlElement)) return null;
  switch (type.nodeName) {
    case 'paragraph':
      return paragraphOf(type, paragraphs, frozen);
    case 'bullet_list':
      return around(type, list, entry.name, paragraphs, frozen);
    case 'list_item':
      return around(type, entry, paragraph.name, paragraphs, frozen);
    default:
      return null;
  }
}

function around(type: Y.XmlElement, kind: typeof list, inner: string, paragraphs: Paragraph[], frozen: Frozen) {
  const children = [...childrenOf(type)].filter((child) => child instanceof Y.XmlElement && child.nodeName === inner);
  const nodes = children.flatMap((child) => nodeOf(child, paragraphs, frozen) ?? []);
  return nodes.length > 0 ? kind.create(langOf(type, kind), nodes) : null;
}

function paragraphOf(element: Y.XmlElement, paragraphs: Paragraph[], frozen: Frozen): Node {
  const kept = frozen.get(element);
  if (kept) {
    paragraphs.push({ element, letters: kept.letters });
    return kept.node;
  }
  const letters: Letters[] = [];
  const texts: Node[] = [];
  for (const text of textsOf(element)) {
    let attributes: Attributes = {};
    for (let item = text._start; item; item = item.right) {
      if (item.deleted) continue;
      const { content } = item;
      if (content instanceof Y.ContentFormat) attributes = formatted(attributes, content);
      if (!(content instanceof Y.ContentString) || content.str === '') continue;
      letters.push({ client: item.id.client, clock: item.id.clock, length: item.length });
      texts.push(schema.text(content.str, marksOf(attributes)));
    }
  }
  paragraphs.push({ element, letters: joined(letters) });
  return paragraph.create(langOf(element, paragraph), texts);
}

export function textsOf(element: Y.XmlElement): Y.XmlText[] {
  return [...childrenOf(element)].filter((child) => child instanceof Y.XmlText);
}

/** All texts in something, deleted or not. */
export function* textsWithin({ content }: Y.Item): Generator<Y.XmlText> {
  if (!(content instanceof Y.ContentType)) return;
  const type = content.type as Y.AbstractType<unknown>;
  if (type instanceof Y.XmlText) yield type;
  else for (let child = type._start; child; child = child.right) yield* textsWithin(child);
}

const langOf = (type: Y.XmlElement, { spec }: typeof list) => {
  const lang: unknown = spec.attrs && type.getAttribute('lang');
  return typeof lang === 'string' ? { lang } : null;
};

/** What holds behind a sign that begins or ends a mark. */
export function formatted(attributes: Attributes, { key, value }: { key: string; value: unknown }): Attributes {
  const { [key]: _, ...others } = attributes;
  return value === null ? others : { ...others, [key]: value };
}

function marksOf(attributes: Attributes): readonly Mark[] {
  const { strong, em, link } = schema.marks;
  const href = (attributes.link as { href?: unknown } | undefined)?.href;
  return [
    ...(attributes.strong ? [strong.create()] : []),
    ...(attributes.em ? [em.create()] : []),
    ...(typeof href === 'string' && isSafeHref(href) ? [link.create({ href })] : []),
  ].reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), []);
}

/** Where a document's text blocks begin. */
export function startsOf(node: Node): number[] {
  const starts: number[] = [];
  node.descendants((child, at) => {
    if (child.isTextblock) starts.push(at + 1);
    return !child.isTextblock;
  });
  return starts;
}
