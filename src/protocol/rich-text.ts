import * as Y from 'yjs';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import { isSafeHref } from '#domain/languages/safe-href.ts';
import type { Block, Run } from '#domain/languages/text.ts';
import { LIMITS } from '#domain/limits.ts';
import { childrenOf, CUT, valueIn, wellFormed } from './shared-value.ts';

/**
 * Rich text in Yjs, as y-prosemirror lays it out: an XmlFragment of `paragraph` and `bullet_list > list_item > paragraph`
 * elements with formatted text. `lang` is an attribute of the outer element; without it the given language holds.
 * Marks are `strong`, `em` and `link {href}`. The editor's schema (`lib/editor/schema.ts`) has these names and no others.
 *
 * Elements of other names, from a newer or another program, are read for their words, so that nobody's words are there unseen. What
 * lies deeper than a list entry is read flat. A text that is too long ends in a sign that it goes on.
 */
export function readBlocks(fragment: Y.XmlFragment, lang: Language): Block[] {
  const room: Room = { left: LIMITS.textInOnePlace.most, isCut: false };
  const blocks: Block[] = [];
  for (const node of childrenOf(fragment)) {
    if (room.left <= 0) {
      const runs = cut(room);
      if (runs.length > 0) blocks.push({ kind: 'paragraph', lang, runs });
      break;
    }
    const block = readBlock(node, lang, room);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** What may still be read of one text: each character, each mark and each element takes one. */
interface Room {
  left: number;
  isCut: boolean;
}

/** The sign that the text goes on, once. */
function cut(room: Room): Run[] {
  if (room.isCut) return [];
  room.isCut = true;
  return [{ text: CUT }];
}

function readBlock(node: unknown, lang: Language, room: Room): Block | null {
  room.left -= 1;
  if (node instanceof Y.XmlText) return { kind: 'paragraph', lang, runs: readRuns(node, room) };
  if (!(node instanceof Y.XmlElement)) return null;
  const stated = valueIn(node, 'lang');
  const own = isLanguage(stated) ? stated : lang;
  if (node.nodeName === 'bullet_list') return { kind: 'list', lang: own, items: readEntries(node, room) };
  const runs = runsWithin(node, room);
  return node.nodeName === 'paragraph' || runs.length > 0 ? { kind: 'paragraph', lang: own, runs } : null;
}

function readEntries(list: Y.XmlElement, room: Room): Run[][] {
  const entries: Run[][] = [];
  for (const child of childrenOf(list)) {
    if (room.left <= 0) {
      entries.push(...[cut(room)].filter((runs) => runs.length > 0));
      break;
    }
    room.left -= 1;
    if (child instanceof Y.XmlElement) entries.push(runsWithin(child, room, '\n'));
    else if (child instanceof Y.XmlText) entries.push(readRuns(child, room));
  }
  return entries;
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

export { isSafeHref };

type Marks = Omit<Run, 'text'>;

function readRuns(text: Y.XmlText, room: Room): Run[] {
  const runs: { text: string; readonly marks: Marks }[] = [];
  let marks: Marks = {};
  for (let item = text._start; item && room.left >= 0; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) marks = marked(marks, content);
    if (!(content instanceof Y.ContentString)) continue;
    const words = content.str.slice(0, Math.max(0, room.left));
    const last = runs.at(-1);
    if (last && isSame(last.marks, marks)) last.text += words;
    else runs.push({ text: words, marks });
    room.left -= content.str.length;
  }
  const read = runs.filter((run) => run.text !== '').map((run): Run => ({ text: wellFormed(run.text), ...run.marks }));
  return room.left < 0 ? [...read, ...cut(room)] : read;
}

const isSame = (a: Marks, b: Marks): boolean => a.strong === b.strong && a.em === b.em && a.href === b.href;

function marked({ strong, em, href }: Marks, { key, value }: { key: string; value: unknown }): Marks {
  const next = {
    strong: key === 'strong' ? Boolean(value) : strong,
    em: key === 'em' ? Boolean(value) : em,
    href: key === 'link' ? hrefOf(value) : href,
  };
  return {
    ...(next.strong && { strong: true }),
    ...(next.em && { em: true }),
    ...(next.href !== undefined && { href: next.href }),
  };
}

function hrefOf(value: unknown): string | undefined {
  const href = typeof value === 'object' && value !== null ? (value as { href?: unknown }).href : undefined;
  return typeof href === 'string' && isSafeHref(href) ? href : undefined;
}

/**
 * The words inside an element, however deep it goes. Paragraphs inside one list entry (a paste put them there, or two people split it at
 * once) are lines of one text, as the editor shows them.
 */
function runsWithin(element: Y.XmlElement, room: Room, between = ' '): Run[] {
  const runs: Run[] = [];
  const open = [{ children: childrenOf(element), count: 0, runsBefore: 0, wasApart: false }];
  let isApart = false;
  while (open.length > 0) {
    const inner = open.at(-1)!;
    const next = inner.children.next();
    if (next.done) {
      if (runs.length === inner.runsBefore) isApart = inner.wasApart;
      open.pop();
      continue;
    }
    if (room.left <= 0) return [...runs, ...cut(room)];
    room.left -= 1;
    const child: unknown = next.value;
    if (child instanceof Y.XmlElement) {
      open.push({ children: childrenOf(child), count: 0, runsBefore: runs.length, wasApart: isApart });
      isApart ||= inner.count > 0;
    } else if (child instanceof Y.XmlText) {
      const own = readRuns(child, room);
      if (own.length > 0) {
        if (isApart) runs.push({ text: between });
        isApart = false;
      }
      for (const run of own) runs.push(run);
    }
    inner.count += 1;
  }
  return runs;
}
