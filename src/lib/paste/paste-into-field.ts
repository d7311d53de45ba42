import { PASTE_HTML_LIMIT, PASTE_LIMIT } from '#lib/editor/paste-limit.ts';

/**
 * Puts the lines of what was pasted into a plain field, so that the field's own undo knows of it. Resolves with them; with null when the
 * browser may paste as it would, or when it is `refused`: HTML may hold more text than its size tells. Whoever pastes before the reader of
 * clipboards has come waits for it.
 */
export async function pasteLines(
  event: ClipboardEvent,
  reader: Reader | (() => Promise<Reader>),
  refused: (characters: number) => void,
): Promise<PastedText | null> {
  const data = event.clipboardData;
  const field = event.currentTarget;
  if (!data || !(field instanceof HTMLTextAreaElement)) return null;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  if (text === '' && html === '') return null;
  if (typeof reader !== 'function') return insertLines(event, field, reader, { text, html, refused });
  event.preventDefault();
  const loaded = await reader().catch(() => null);
  if (!field.isConnected) return null;
  if (loaded) return insertLines(event, field, loaded, { text, html, refused });
  insert(field, text);
  return null;
}

function insertLines(
  event: ClipboardEvent,
  field: HTMLTextAreaElement,
  reader: Reader,
  { text, html, refused }: { text: string; html: string; refused: (characters: number) => void },
): PastedText | null {
  const read = html.length > PASTE_HTML_LIMIT ? '' : html;
  const lines = reader.linesPasted(read, text);
  const pasted = lines.length === 0 ? null : { text: reader.textOfLines(lines), ideas: reader.ideasIn(lines) };
  const words = pasted?.text ?? text;
  if (words.length > PASTE_LIMIT) {
    event.preventDefault();
    refused(words.length);
    return null;
  }
  const isApart = lines.length > 1 && reader.isTable(read, text);
  const [before, after] = isApart ? reader.seamsOf(field) : ['', ''];
  if (before + words + after !== text || event.defaultPrevented) {
    event.preventDefault();
    insert(field, before + words + after);
  }
  return pasted;
}

const MOST_UNDONE = 200; // lines; for each a browser lays out all those before it again: five thousand take it half a minute

function insert(field: HTMLTextAreaElement, words: string): void {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  field.focus();
  // Deprecated, and the only way by which a field's undo takes a paste back.
  if (words.split('\n').length > MOST_UNDONE || !document.execCommand('insertText', false, words)) {
    field.setRangeText(words, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  }
}

type Reader = typeof import('./pasted.ts');

export interface PastedText {
  readonly text: string;
  readonly ideas: readonly string[];
}
