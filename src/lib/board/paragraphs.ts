import type { Language } from '#domain/languages/language.ts';
import type { Block, List, Paragraph } from '#domain/languages/text.ts';

const BULLET = /^\s*[-–—•*]\s+(?!·\s)/; // `– · ` is a table's empty cell

/** What somebody typed into a plain field: a line is a paragraph, lines that begin with a dash or bullet are a list. */
export function paragraphsOf(text: string, lang: Language): Block[] {
  const blocks: Block[] = [];
  const lines = text.split(/\r\n?|\n/).filter((line) => line.trim() !== '');
  for (const line of lines) {
    const runs = [{ text: line.replace(BULLET, '').trim() }];
    const last = blocks.at(-1);
    const isEntry = BULLET.test(line) && lines.length > 1;
    if (isEntry && last?.kind === 'list') blocks[blocks.length - 1] = { ...last, items: [...last.items, runs] };
    else
      blocks.push(
        isEntry
          ? ({ kind: 'list', lang, items: [runs] } satisfies List)
          : ({ kind: 'paragraph', lang, runs } satisfies Paragraph),
      );
  }
  return blocks.length > 0 ? blocks : [{ kind: 'paragraph', lang, runs: [] }];
}
