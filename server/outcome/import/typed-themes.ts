import type { Language } from '#domain/languages/language.ts';
import { textOfRuns, type Block, type Run } from '#domain/languages/text.ts';
import { bareTitle } from '#domain/outcome/theme-title.ts';
import type { ImportedItem, ImportedTheme } from './imported.ts';
import { withoutStart } from './runs.ts';
import { isClause, isClauses, isThemeTitle, isTitledTheme } from './sections.ts';
import { headingOf, type SourceEntry, type SourceNode } from './source.ts';
import { DASH, NUMBER } from './words.ts';

type GrowingTheme = ImportedTheme & { readonly items: ImportedItem[] };

export interface TypedThemes {
  readonly themes: readonly ImportedTheme[];
  /** What stands between the heading and the first theme. */
  readonly lead: readonly SourceNode[];
  /** What stands among the themes and is neither title nor clause. */
  readonly between: readonly SourceNode[];
  /** Everything behind the last clause. */
  readonly after: readonly SourceNode[];
}

/** Themes and their clauses, whether typed behind dashes or as real lists. `section` titles clauses that no theme does. */
export function typedThemes(nodes: readonly SourceNode[], section: string, lang: Language): TypedThemes {
  const gathering = new Gathering(section, lang);
  const other: { node: SourceNode; index: number }[] = [];
  let firstUsed = nodes.length;
  let lastUsed = -1;
  for (const [index, node] of nodes.entries()) {
    if (!gathering.take(nodes, index)) {
      other.push({ node, index });
      continue;
    }
    firstUsed = Math.min(firstUsed, index);
    lastUsed = index;
  }
  const pick = (keep: (index: number) => boolean) => other.filter(({ index }) => keep(index)).map(({ node }) => node);
  return {
    themes: gathering.themes,
    lead: pick((index) => index < firstUsed),
    between: pick((index) => index > firstUsed && index < lastUsed),
    after: pick((index) => index > lastUsed),
  };
}

class Gathering {
  readonly themes: GrowingTheme[] = [];
  readonly #section: string;
  readonly #lang: Language;

  constructor(section: string, lang: Language) {
    this.#section = section;
    this.#lang = lang;
  }

  /** True when the node was a theme or part of one. */
  take(nodes: readonly SourceNode[], index: number): boolean {
    const node = nodes[index] as SourceNode;
    const heading = headingOf(node);
    if (heading && isThemeTitle(nodes, index)) this.#begin(heading);
    else if (node.kind === 'paragraph' && isTitledTheme(node)) {
      const [title = [], ...lines] = node.lines;
      this.#begin(title);
      for (const line of lines) this.#addLine(line);
    } else if (node.kind === 'paragraph' && isClauses(node)) for (const line of node.lines) this.#addLine(line);
    else if (node.kind === 'list') this.#addList(node.entries);
    else return false;
    return true;
  }

  #begin(title: readonly Run[]): GrowingTheme {
    const theme = { title: { text: bareTitle(textOfRuns(title)), lang: this.#lang }, items: [] };
    this.themes.push(theme);
    return theme;
  }

  get #theme(): GrowingTheme {
    return this.themes.at(-1) ?? this.#begin([{ text: this.#section }]);
  }

  /** A line without a dash goes on with the clause above it. */
  #addLine(line: readonly Run[]): void {
    const { items } = this.#theme;
    const last = items.at(-1);
    if (isClause(line) || !last) items.push(this.#item([paragraphOf(unmarked(line), this.#lang)]));
    else items[items.length - 1] = { ...last, blocks: [...last.blocks, paragraphOf(line, this.#lang)] };
  }

  /** Entries that hold lists of their own are themes; otherwise they are clauses of the theme above. */
  #addList(entries: readonly SourceEntry[]): void {
    const areThemes = entries.some((entry) => entry.entries.length > 0) && this.themes.length === 0;
    for (const { lines, entries: inner } of entries) {
      const paragraphs = lines.map((line, index) => paragraphOf(index === 0 ? unmarked(line) : line, this.#lang));
      if (areThemes && inner.length > 0) {
        const [title = [], ...more] = lines;
        const { items } = this.#begin(title);
        items.push(...more.map((line) => this.#item([paragraphOf(unmarked(line), this.#lang)])));
        for (const entry of inner) items.push(this.#item(entryBlocks(entry, this.#lang)));
      } else {
        const list = inner.length > 0 ? [listOf(inner, this.#lang)] : [];
        this.#theme.items.push(this.#item([...paragraphs, ...list]));
      }
    }
  }

  #item(blocks: readonly Block[]): ImportedItem {
    return { lang: this.#lang, blocks, room: null };
  }
}

const paragraphOf = (runs: readonly Run[], lang: Language): Block => ({ kind: 'paragraph', lang, runs });

const entryBlocks = ({ lines, entries }: SourceEntry, lang: Language): Block[] => [
  ...lines.map((line, index) => paragraphOf(index === 0 ? unmarked(line) : line, lang)),
  ...(entries.length > 0 ? [listOf(entries, lang)] : []),
];

/** Our lists have one level: deeper ones are flattened, in order. */
const listOf = (entries: readonly SourceEntry[], lang: Language): Block => ({
  kind: 'list',
  lang,
  items: entries.flatMap(function flat(entry: SourceEntry): (readonly Run[])[] {
    return [...entry.lines.map((line, index) => (index === 0 ? unmarked(line) : line)), ...entry.entries.flatMap(flat)];
  }),
});

/** Without the dash or number that stood for a list. */
function unmarked(line: readonly Run[]): readonly Run[] {
  const text = textOfRuns(line);
  const mark = DASH.exec(text) ?? NUMBER.exec(text);
  return mark ? withoutStart(line, mark[0].length) : line;
}
