import type { Language } from './language.ts';
import { scriptIn, scriptOf, type Script } from './script.ts';
import { textOfBlocks, type Block } from './text.ts';

/**
 * The stated language where the text can be in it, else `und` with the text's alphabet (`und-Latn`): what the reader's device needs to
 * know of English words that are stated to be Urdu.
 */
export function fittingLanguage(stated: Language, text: string): Language {
  const written = scriptIn(text);
  const own = scriptOf(stated);
  if (written === null || written === own || isWrittenWith(own, written)) return stated;
  return own === null && written === 'Latn' ? stated : `und-${written}`;
}

/** Japanese and Korean have Chinese signs in them. */
const isWrittenWith = (own: Script | null, written: Script): boolean =>
  written === 'Hans' && (own === 'Jpan' || own === 'Kore');

export function fittingBlock<B extends Block>(block: B): B {
  const lang = fittingLanguage(block.lang, textOfBlocks([beginningOf(block)]));
  return lang === block.lang ? block : { ...block, lang };
}

/** What an alphabet is told by; a list may have a thousand entries. */
const beginningOf = (block: Block): Block =>
  block.kind === 'list' ? { ...block, items: block.items.slice(0, 3) } : { ...block, runs: block.runs.slice(0, 20) };
