import { isTag, type ChildNode, type Document, type Element } from 'domhandler';
import { findOne, getElementsByTagName } from 'domutils';
import { CLASS } from '../render/markup.ts';
import { runsOf } from './runs.ts';
import { safeHref } from '#domain/languages/safe-href.ts';
import { textOfRuns } from '#domain/languages/text.ts';

/** Reading what our own HTML and WordPress renderers wrote, by class names alone: sites keep those. */
export const roles = (element: Element): string[] =>
  (element.attribs.class ?? '')
    .split(/\s+/)
    .filter((name) => name.startsWith(`${CLASS}-`))
    .map((name) => name.slice(CLASS.length + 1));

export const has = (element: Element, role: string): boolean => roles(element).includes(role);

/** The value behind the words: `code-2025-10-30`; signs that a class cannot have are written `_hex_`. */
export const codeOf = (element: Element): string | undefined =>
  roles(element)
    .find((role) => role.startsWith('code-'))
    ?.slice('code-'.length)
    .replace(/_([0-9a-f]+)_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

export function within(element: Element, role: string): Element[] {
  const found: Element[] = [];
  const look = (nodes: readonly ChildNode[]) => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      if (has(node, role)) found.push(node);
      else look(node.children);
    }
  };
  look(element.children);
  return found;
}

export const first = (element: Element, role: string): Element | undefined => within(element, role)[0];

/** The element that holds the words themselves and their language: a span within a WordPress block, else the block. */
export const wordsIn = (element: Element): Element => first(element, 'text') ?? element;

export const verbatim = (element: Element): string => textOfRuns(runsOf(element.children, true));

export const words = (element: Element): string => verbatim(wordsIn(element));

export const entriesOf = (list: Element): Element[] =>
  list.children.filter((node): node is Element => isTag(node) && node.name === 'li');

export function hrefIn(element: Element): string | undefined {
  const href = (element.name === 'a' ? element : getElementsByTagName('a', element.children)[0])?.attribs.href?.trim();
  return href === undefined ? undefined : safeHref(href);
}

export const isOurs = (document: Document): boolean =>
  findOne((element) => has(element, 'recommendations') || has(element, 'theme'), document.children) !== null;
