import { textOfBlocks, type Block } from '#domain/languages/text.ts';

const LONG = 2_000; // characters; a page of print has as many
const MANY_LINES = 24;

/** Too long to lie open between others. */
export function isLong(blocks: readonly Block[]): boolean {
  const text = textOfBlocks(blocks);
  return text.length > LONG || text.split('\n').length > MANY_LINES;
}
