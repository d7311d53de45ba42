import * as Y from 'yjs';
import { childrenOf } from '#protocol/shared-value.ts';

const MARKS = new Set(['strong', 'em', 'link']);

/**
 * Whether the editor can hold the whole of a text. What its schema does not know, y-prosemirror deletes from the document when the
 * text is opened, or throws; such a text (of a newer or a broken program) is shown and left as it is.
 */
export function isEditable(fragment: Y.XmlFragment): boolean {
  return everyChild(fragment, (block) =>
    isElement(block, 'bullet_list') ? everyChild(block, isEntry) : isParagraph(block),
  );
}

const isEntry = (node: unknown): boolean => isElement(node, 'list_item') && everyChild(node, isParagraph);
const isParagraph = (node: unknown): boolean => isElement(node, 'paragraph') && everyChild(node, isPlainText);

const isElement = (node: unknown, name: string): node is Y.XmlElement =>
  node instanceof Y.XmlElement && node.nodeName === name;

function isPlainText(node: unknown): boolean {
  if (!(node instanceof Y.XmlText)) return false;
  for (let item = node._start; item; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat ? !MARKS.has(content.key) : !(content instanceof Y.ContentString))
      return false;
  }
  return true;
}

function everyChild(type: Y.XmlFragment, is: (node: unknown) => boolean): boolean {
  for (let item = type._start; item; item = item.right) {
    if (!item.deleted && !(item.content instanceof Y.ContentType)) return false;
  }
  for (const child of childrenOf(type)) if (!is(child)) return false;
  return true;
}
