import type * as Y from 'yjs';
import type { Language } from '#domain/languages/language.ts';
import type { OutcomeDraft } from '#domain/outcome/document.ts';
import { readBlocks, writeBlocks } from './rich-text.ts';

/** Y.Doc `outcome/<forum>`: three rich texts that people write together on the outcome page. */
export const OUTCOME_PARTS = ['preamble', 'closing', 'notes'] as const;
export type OutcomePart = (typeof OUTCOME_PARTS)[number];

export const outcomeFragment = (doc: Y.Doc, part: OutcomePart): Y.XmlFragment => doc.getXmlFragment(part);

export function readOutcomeDraft(doc: Y.Doc, lang: Language): OutcomeDraft {
  const read = (part: OutcomePart) => readBlocks(outcomeFragment(doc, part), lang);
  return { preamble: read('preamble'), closing: read('closing'), notes: read('notes') };
}

export function writeOutcomeDraft(doc: Y.Doc, draft: OutcomeDraft, lang: Language): void {
  for (const part of OUTCOME_PARTS) writeBlocks(outcomeFragment(doc, part), draft[part], lang);
}
