import * as Y from 'yjs';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { isLanguage, type Language } from '#domain/languages/language.ts';
import { scriptIn, scriptOf } from '#domain/languages/script.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { readBlocks } from '#protocol/rich-text.ts';
import { childrenOf, valueIn, wordsOf } from '#protocol/shared-value.ts';
import { boardShape, itemRecord, themeRecord } from './shape.ts';

/** `stated`: what stands there, which breaks ties. */
type LanguageOf = (text: string, stated: Language | undefined) => Language;

/**
 * Makes an item's language what its text says, unless somebody said which it is, and gives each block in another alphabet a language of
 * its own (`withBlocks`: not while somebody writes in it, whose editor would make the block anew). Writes only what differs. `origin` is one that no undo follows: nobody did this.
 */
export function followText(
  doc: Y.Doc,
  item: ItemId,
  languageOf: LanguageOf,
  { origin, withBlocks }: { origin: unknown; withBlocks: boolean },
): void {
  const record = itemRecord(boardShape(doc).items, item);
  const body = record && valueIn(record, 'body');
  if (!record || !(body instanceof Y.XmlFragment)) return;
  const stated = valueIn(record, 'lang');
  const known = isLanguage(stated) ? stated : undefined;
  const text = textOfBlocks(readBlocks(body, 'und'));
  const isFree = valueIn(record, 'langIsChosen') !== true && scriptIn(text) !== null;
  const lang = isFree || known === undefined ? languageOf(text, known) : known;
  const blocks = withBlocks ? blocksApart(body, lang, languageOf) : [];
  if (lang === stated && blocks.length === 0) return;
  doc.transact(() => {
    if (lang !== stated) record.set('lang', lang);
    for (const { node, own } of blocks) {
      if (own === undefined) node.removeAttribute('lang');
      else node.setAttribute('lang', own);
    }
  }, origin);
}

export function followTitle(doc: Y.Doc, theme: ThemeId, languageOf: LanguageOf, origin: unknown): void {
  const record = themeRecord(boardShape(doc).themes, theme);
  const title = record && valueIn(record, 'title');
  if (!record || !(title instanceof Y.Text)) return;
  const stated = valueIn(record, 'lang');
  const lang = languageOf(wordsOf(title, MOST_READ), isLanguage(stated) ? stated : undefined);
  if (stated !== lang) doc.transact(() => record.set('lang', lang), origin);
}

const MOST_READ = 600; // characters
const MOST_BLOCKS = 200; // an item is one idea

/** The blocks whose `lang` is not what it should be. */
function blocksApart(body: Y.XmlFragment, lang: Language, languageOf: LanguageOf) {
  const apart: { readonly node: Y.XmlElement; readonly own: Language | undefined }[] = [];
  let read = 0;
  for (const node of childrenOf(body)) {
    if ((read += 1) > MOST_BLOCKS) break;
    if (!(node instanceof Y.XmlElement)) continue;
    const text = firstWords(node);
    const written = scriptIn(text);
    const own = written === null || written === scriptOf(lang) ? undefined : languageOf(text, undefined);
    if (own !== valueIn(node, 'lang')) apart.push({ node, own });
  }
  return apart;
}

/** Of a paragraph, or of the first entry of a list. */
function firstWords(node: Y.XmlElement): string {
  let at: unknown = node;
  for (let depth = 0; depth < 4 && at instanceof Y.XmlElement; depth += 1) at = childrenOf(at).next().value;
  return at instanceof Y.XmlText ? wordsOf(at, MOST_READ) : '';
}
