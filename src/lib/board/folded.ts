import { textOfBlocks, textOfRuns, type Block, type Run } from '#domain/languages/text.ts';

const SHOWN = 900; // characters
const SHOWN_LINES = 12;

export interface Folded {
  /** Its beginning, with a sign that it goes on. */
  readonly shown: readonly Block[];
  readonly rest: readonly Block[];
  /** In the whole of it. */
  readonly words: number;
}

/** Together the parts are the text. */
export function folded(blocks: readonly Block[]): Folded {
  const room: Room = { characters: SHOWN, lines: SHOWN_LINES, isOver: false };
  const shown: Block[] = [];
  const rest: Block[] = [];
  for (const block of blocks) {
    const entries = (block.kind === 'paragraph' ? [block.runs] : block.items).map((runs) => cut(runs, room));
    const heads = entries.flatMap(({ head }) => head ?? []);
    const tails = entries.flatMap(({ tail }) => tail ?? []);
    if (heads.length > 0) shown.push(withLines(block, heads));
    if (tails.length > 0) rest.push(withLines(block, tails));
  }
  return { shown, rest, words: textOfBlocks(blocks).match(/\S+/gu)?.length ?? 0 };
}

interface Room {
  characters: number;
  lines: number;
  isOver: boolean;
}

/** A line as far as there is room, and what is left of it; a line that has all the room it needs leaves nothing. */
function cut(runs: readonly Run[], room: Room): { head?: readonly [readonly Run[]]; tail?: readonly [readonly Run[]] } {
  if (room.isOver) return { tail: [runs] };
  const text = textOfRuns(runs);
  room.lines -= 1;
  if (text.length <= room.characters && room.lines > 0) {
    room.characters -= text.length;
    return { head: [runs] };
  }
  room.isOver = true;
  if (text.length <= room.characters) return { head: [[...runs, GOES_ON]] };
  const at = placeToCut(text, room.characters);
  if (at === 0) return { tail: [runs] };
  return { head: [[...slice(runs, 0, at), GOES_ON]], tail: [slice(runs, at, text.length)] };
}

const GOES_ON: Run = { text: ' …' };
const LONGEST_WORD = 60; // characters; one without end is cut anywhere

/** Between two words, or where a word is without end. */
function placeToCut(text: string, most: number): number {
  const space = text.slice(0, most + 1).search(/\s\S*$/u);
  if (space > most - LONGEST_WORD) return space;
  return /[\udc00-\udfff]/.test(text[most] ?? '') ? most - 1 : most;
}

function slice(runs: readonly Run[], from: number, to: number): Run[] {
  let at = 0;
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    at += run.text.length;
    return text === '' ? [] : [{ ...run, text }];
  });
}

const withLines = (block: Block, lines: readonly (readonly Run[])[]): Block =>
  block.kind === 'paragraph' ? { ...block, runs: lines[0]! } : { ...block, items: lines };
