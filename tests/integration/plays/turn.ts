/** What one person means to do with one key, and what the network brings afterwards. */
export interface Turn {
  readonly who: number;
  readonly deed: Deed;
  /** Milliseconds since the last one's. */
  readonly pause: number;
  /** Everybody has heard everything before it. */
  readonly settled: boolean;
  /** Of whom a thing is sent, and who hears the next one. */
  readonly send: readonly number[];
  readonly tell: readonly number[];
}

export type Deed =
  /** In the text: letters, lines that are pasted, the other keys of writing, and what moves the caret. */
  | { readonly kind: 'type'; readonly letters: string }
  | { readonly kind: 'paste'; readonly lines: readonly string[]; readonly list: '• ' | '1. ' | '' }
  | { readonly kind: 'split' | 'erase' | 'list' | 'caret' }
  | { readonly kind: 'point'; readonly words: string }
  /** Out of the text; the keys of an item that has the focus; a step back or forth; the button for what others deleted. */
  | { readonly kind: 'leave' | 'walk' | 'undo' | 'bringBack' };

/** Letters that one person wrote in a row. */
export interface Run {
  readonly who: number;
  readonly item: string;
  /** It was on its way, or typed, when somebody had deleted the item: it comes into the one that is brought back, as something new. */
  readonly isGone: boolean;
  letters: string;
  /** Those in front of which somebody put something, or a new line, and saw the one before. */
  parted: string;
  /** Its author took something back. */
  isUndone: boolean;
}

export interface Played {
  readonly runs: readonly Run[];
  /** Letters that somebody deleted. */
  readonly erased: string;
  /** The words of each item, by its id, as the first person has it. */
  readonly items: Readonly<Record<string, string>>;
  /** Everybody's board. */
  readonly boards: readonly string[];
  /** What went wrong under somebody's hands. */
  readonly wrong: readonly string[];
}
