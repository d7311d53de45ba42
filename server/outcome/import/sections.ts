import { textOfRuns, type Run } from '#domain/languages/text.ts';
import { headingOf, isBold, linesOfNode, textOfNode, type SourceNode } from './source.ts';
import { AGENDA, DASH, MODERATED, NUMBER, RECOMMENDATIONS } from './words.ts';

/** The three stretches of a post: what comes before the sessions, the sessions, and the recommendations with all behind them. */
export interface Sections {
  readonly intro: readonly SourceNode[];
  readonly agendaHeading: readonly Run[] | null;
  readonly agenda: readonly SourceNode[];
  readonly recommendationsHeading: readonly Run[] | null;
  readonly recommendations: readonly SourceNode[];
}

/** Null when nothing in the post looks like a recommendation. */
export function sectionsOf(nodes: readonly SourceNode[]): Sections | null {
  const start = recommendationsStart(nodes);
  if (start === null) return null;
  const heading = headingOf(nodes[start] as SourceNode);
  const isHeading = heading !== null && RECOMMENDATIONS.test(textOfRuns(heading));
  const before = nodes.slice(0, start);
  const sessions = before.findIndex((node, index) => {
    const runs = headingOf(node);
    return runs !== null && (AGENDA.test(textOfRuns(runs)) || MODERATED.test(textOfNode(before[index + 1] ?? node)));
  });
  return {
    intro: sessions < 0 ? before : before.slice(0, sessions),
    agendaHeading: sessions < 0 ? null : headingOf(before[sessions] as SourceNode),
    agenda: sessions < 0 ? [] : before.slice(sessions + 1),
    recommendationsHeading: isHeading ? heading : null,
    recommendations: nodes.slice(isHeading ? start + 1 : start),
  };
}

/** A heading that speaks of recommendations and has some below it; else the first theme with clauses under it. */
function recommendationsStart(nodes: readonly SourceNode[]): number | null {
  const named = nodes.findIndex((node, index) => {
    const heading = headingOf(node);
    return heading !== null && RECOMMENDATIONS.test(textOfRuns(heading)) && nodes.slice(index + 1).some(holdsClauses);
  });
  if (named >= 0) return named;
  const theme = nodes.findIndex(
    (node, index) => isTitledTheme(node) || (isThemeTitle(nodes, index) && NUMBER.test(textOfNode(node))),
  );
  return theme < 0 ? null : theme;
}

const holdsClauses = (node: SourceNode): boolean => node.kind === 'list' || isTitledTheme(node) || isClauses(node);

/** "1. Title" in bold, a line break, and clauses behind dashes: one paragraph typed as a list. */
export function isTitledTheme(node: SourceNode): boolean {
  if (node.kind !== 'paragraph') return false;
  const [title, ...rest] = node.lines;
  if (!title || rest.length === 0) return false;
  const mark = shapeOf(title);
  return isBold(title)
    ? rest.some(isClause)
    : mark !== null && rest.some((line) => isClause(line) && shapeOf(line) !== mark);
}

/** `9.` for “1.” and “12.”: a line that is numbered as those below it is one of them. */
const shapeOf = (line: readonly Run[]): string | null =>
  NUMBER.exec(textOfRuns(line))?.[0]
    .trim()
    .replace(/\p{N}+/gu, '9')
    .replace(/\p{L}+/gu, 'a') ?? null;

/** Every line begins with a dash or a number. */
export const isClauses = (node: SourceNode): boolean =>
  node.kind === 'paragraph' && node.lines.every(isClause) && headingOf(node) === null && !isTitledTheme(node);

export const isClause = (line: readonly Run[]): boolean => {
  const text = textOfRuns(line);
  return DASH.test(text) || NUMBER.test(text);
};

/** A heading right above a list or above clauses. */
export function isThemeTitle(nodes: readonly SourceNode[], index: number): boolean {
  const node = nodes[index];
  const next = nodes[index + 1];
  if (!node || !next || headingOf(node) === null) return false;
  return (next.kind === 'list' && linesOfNode(next).length > 0) || isClauses(next);
}
