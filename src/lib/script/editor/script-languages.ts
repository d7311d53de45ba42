import type { Language } from '#domain/languages/language.ts';
import type { DraftScript } from './draft-script.ts';

/** In which a script is written: those of the forum that it is looked at for, those it has words in, and those that were added; else one's own. */
export function languagesOf(
  { title, about, steps }: DraftScript,
  forum: readonly Language[],
  added: readonly Language[],
  own: Language,
): Language[] {
  const texts = [title, about, ...steps.flatMap((step) => [step.title, step.instruction])];
  const wanted = [...forum, ...texts.flatMap((text) => Object.keys(text ?? {}))];
  return [...new Set([...wanted, ...added, ...(wanted.length > 0 ? [] : [own])])];
}
