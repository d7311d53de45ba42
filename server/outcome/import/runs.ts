import { isTag, isText, type ChildNode, type Element } from 'domhandler';
import type { Run } from '#domain/languages/text.ts';
import { isSafeHref } from '#protocol/rich-text.ts';

type Marks = Omit<Run, 'text'>;

export const SILENT = new Set(['script', 'style', 'noscript', 'template', 'head', 'title', 'meta', 'link']);

/**
 * What HTML says, as runs; `<br>` is a line break. `verbatim` keeps every sign (our own markup); otherwise white space
 * means what it means in HTML, and a no-break space is a space.
 */
export function runsOf(nodes: readonly ChildNode[], verbatim = false): Run[] {
  const runs: Run[] = [];
  collect(nodes, {}, runs);
  return joined(verbatim ? runs : collapsed(runs));
}

function collect(nodes: readonly ChildNode[], marks: Marks, runs: Run[]): void {
  for (const node of nodes) {
    if (isText(node)) runs.push({ text: node.data.replace(/\r\n?/g, '\n'), ...marks });
    else if (!isTag(node) || SILENT.has(node.name)) continue;
    else if (node.name === 'br') runs.push({ text: BREAK, ...marks });
    else collect(node.children, marksOf(node, marks), runs);
  }
}

function marksOf({ name, attribs }: Element, marks: Marks): Marks {
  if (name === 'strong' || name === 'b') return { ...marks, strong: true };
  if (name === 'em' || name === 'i') return { ...marks, em: true };
  const href = name === 'a' ? attribs.href?.trim() : undefined;
  return href && isSafeHref(href) ? { ...marks, href } : marks;
}

/** Stands for `<br>` until white space is collapsed; no HTML text can contain it. */
const BREAK = '\0';

function collapsed(runs: readonly Run[]): Run[] {
  let atStart = true;
  const words = runs.map((run) => {
    let text = run.text.replace(/[\s\u00a0]+/g, ' ');
    if (atStart) text = text.replace(/^ /, '');
    if (text !== '') atStart = text.endsWith(' ') || text.endsWith(BREAK);
    return { ...run, text };
  });
  return words.map((run, index) => ({ ...run, text: endsLine(words, index) ? run.text.trimEnd() : run.text }));
}

const endsLine = (runs: readonly Run[], index: number): boolean =>
  runs
    .slice(index + 1)
    .find(({ text }) => text !== '')
    ?.text.startsWith(BREAK) ?? runs.slice(index + 1).every(({ text }) => text.trim() === '');

/** Neighbours with the same marks are one run, as an editor stores them. */
function joined(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const { text: raw, ...marks } of runs) {
    const text = raw.replaceAll(BREAK, '\n');
    if (text === '') continue;
    const last = result.at(-1);
    if (last && sameMarks(last, marks)) result[result.length - 1] = { ...last, text: last.text + text };
    else result.push({ text, ...marks });
  }
  return result;
}

const sameMarks = (a: Marks, b: Marks): boolean => a.strong === b.strong && a.em === b.em && a.href === b.href;

/** Splits runs at line breaks; lines are trimmed and empty ones left out. */
export function linesOf(runs: readonly Run[]): Run[][] {
  const lines: Run[][] = [[]];
  for (const run of runs) {
    const [first = '', ...rest] = run.text.split('\n');
    lines.at(-1)?.push({ ...run, text: first });
    lines.push(...rest.map((text) => [{ ...run, text }]));
  }
  return lines.map(trimmed).filter((line) => line.length > 0);
}

export function trimmed(runs: readonly Run[]): Run[] {
  const kept = runs.filter(({ text }) => text !== '');
  while (kept[0] && kept[0].text.trimStart() === '') kept.shift();
  while (kept.at(-1)?.text.trim() === '') kept.pop();
  return kept.map((run, index) => {
    let { text } = run;
    if (index === 0) text = text.trimStart();
    if (index === kept.length - 1) text = text.trimEnd();
    return { ...run, text };
  });
}

/** Takes so many signs off the front. */
export function withoutStart(runs: readonly Run[], signs: number): Run[] {
  let left = signs;
  return trimmed(
    runs.map((run) => {
      const cut = Math.min(left, run.text.length);
      left -= cut;
      return { ...run, text: run.text.slice(cut) };
    }),
  );
}
