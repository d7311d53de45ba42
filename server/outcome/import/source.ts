import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import { textOfRuns, type Run } from '#domain/languages/text.ts';
import { linesOf, runsOf, SILENT } from './runs.ts';

/** A post typed by hand, as the few shapes that say something. */
export type SourceNode =
  | { readonly kind: 'heading'; readonly runs: readonly Run[] }
  | { readonly kind: 'paragraph'; readonly lines: readonly (readonly Run[])[] }
  | { readonly kind: 'list'; readonly entries: readonly SourceEntry[] };

export interface SourceEntry {
  readonly lines: readonly (readonly Run[])[];
  readonly entries: readonly SourceEntry[];
}

const BLOCKS = new Set([
  ...['address', 'article', 'aside', 'blockquote', 'body', 'caption', 'dd', 'details', 'div', 'dl', 'dt', 'figcaption'],
  ...[
    'figure',
    'footer',
    'form',
    'header',
    'hr',
    'html',
    'main',
    'nav',
    'ol',
    'p',
    'pre',
    'section',
    'summary',
    'table',
  ],
  ...['tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li'],
]);
const holdsBlock = (node: ChildNode): node is Element =>
  isTag(node) && !SILENT.has(node.name) && (BLOCKS.has(node.name) || node.children.some(holdsBlock));

/** Flattens whatever boxes a page builder put around the text; text outside of any paragraph is a paragraph too. */
export function sourceNodes(nodes: readonly ChildNode[]): SourceNode[] {
  const found: SourceNode[] = [];
  let loose: ChildNode[] = [];
  const flush = () => {
    found.push(...paragraph(loose));
    loose = [];
  };
  for (const node of nodes) {
    if (!holdsBlock(node)) {
      if (isText(node) || isTag(node)) loose.push(node);
      continue;
    }
    flush();
    found.push(...blockNodes(node));
  }
  flush();
  return found;
}

function blockNodes(element: Element): SourceNode[] {
  if (/^(?:h[1-6]|summary)$/.test(element.name)) {
    const runs = linesOf(runsOf(element.children)).flatMap((line, index) =>
      index > 0 ? [{ text: ' ' }, ...line] : line,
    );
    return runs.length > 0 ? [{ kind: 'heading', runs }] : [];
  }
  if (element.name === 'ul' || element.name === 'ol') {
    const entries = entriesOf(element);
    return entries.length > 0 ? [{ kind: 'list', entries }] : [];
  }
  if (element.name === 'p' || element.name === 'tr') {
    return element.children.some(holdsBlock) && element.name === 'p'
      ? sourceNodes(element.children)
      : paragraph(spaced(element));
  }
  return sourceNodes(element.children);
}

/** The cells of a table's row stand in one line, but their words do not run into each other. */
const spaced = (element: Element): ChildNode[] =>
  element.name === 'tr' ? element.children.flatMap((cell) => [cell, GAP]) : element.children;
const GAP = { type: 'text', nodeType: 3, data: ' ' } as unknown as ChildNode;

function entriesOf(list: Element): SourceEntry[] {
  return list.children.flatMap((child): SourceEntry[] => {
    if (isText(child)) return child.data.trim() ? [{ lines: linesOf(runsOf([child])), entries: [] }] : [];
    if (!isTag(child)) return [];
    if (child.name === 'ul' || child.name === 'ol') return entriesOf(child);
    const parts = sourceNodes(child.children);
    const lines = parts.flatMap((part) =>
      part.kind === 'paragraph' ? part.lines : part.kind === 'heading' ? [part.runs] : [],
    );
    const entries = parts.flatMap((part) => (part.kind === 'list' ? part.entries : []));
    return lines.length > 0 || entries.length > 0 ? [{ lines, entries }] : [];
  });
}

function paragraph(nodes: readonly ChildNode[]): SourceNode[] {
  const lines = linesOf(runsOf(nodes));
  return lines.length > 0 ? [{ kind: 'paragraph', lines }] : [];
}

export function textOfNode(node: SourceNode): string {
  if (node.kind === 'heading') return textOfRuns(node.runs);
  return linesOfNode(node).map(textOfRuns).join('\n');
}

/** Every line of a node, those of nested lists too, in order. */
export function linesOfNode(node: SourceNode): (readonly Run[])[] {
  if (node.kind === 'heading') return [node.runs];
  if (node.kind === 'paragraph') return [...node.lines];
  const ofEntry = ({ lines, entries }: SourceEntry): (readonly Run[])[] => [...lines, ...entries.flatMap(ofEntry)];
  return node.entries.flatMap(ofEntry);
}

const LONGEST_HEADING = 160;

/** A heading, or what people type instead of one: a short paragraph that is bold from end to end. */
export function headingOf(node: SourceNode): readonly Run[] | null {
  if (node.kind === 'heading') return node.runs;
  const [line, ...more] = node.kind === 'paragraph' ? node.lines : [];
  if (!line || more.length > 0 || !isBold(line) || textOfRuns(line).length > LONGEST_HEADING) return null;
  return line;
}

export const isBold = (line: readonly Run[]): boolean => line.every(({ text, strong }) => strong || text.trim() === '');
