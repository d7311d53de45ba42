import { PASTE_HTML_LIMIT } from '#lib/editor/paste-limit.ts';

/**
 * Puts the lines of what was pasted into a plain field, so that the field's own undo knows of it. Resolves with them; with null when the
 * browser may paste as it would. Whoever pastes before the reader of clipboards has come waits for it.
 */
export async function pasteLines(
  event: ClipboardEvent,
  reader: Reader | (() => Promise<Reader>),
): Promise<PastedText | null> {
  const data = event.clipboardData;
  const field = event.currentTarget;
  if (!data || !(field instanceof HTMLTextAreaElement)) return null;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  if (text === '' && html === '') return null;
  if (typeof reader !== 'function') return insertLines(event, field, reader, { text, html });
  event.preventDefault();
  const loaded = await reader().catch(() => null);
  if (!field.isConnected) return null;
  if (loaded) return insertLines(event, field, loaded, { text, html });
  insert(field, text);
  return null;
}

function insertLines(
  event: ClipboardEvent,
  field: HTMLTextAreaElement,
  reader: Reader,
  { text, html }: { readonly text: string; readonly html: string },
): PastedText | null {
  const read = html.length > PASTE_HTML_LIMIT ? '' : html;
  const lines = reader.linesPasted(read, text);
  const pasted = lines.length === 0 ? null : { text: reader.textOfLines(lines), ideas: reader.ideasIn(lines) };
  const words = pasted?.text ?? text;
  const isApart = lines.length > 1 && reader.isTable(read, text);
  const [before, after] = isApart ? seamsOf(field) : ['', ''];
  if (before + words + after !== text || event.defaultPrevented) {
    event.preventDefault();
    insert(field, before + words + after);
  }
  return pasted;
}

/** Rows of a table are lines of their own: what stands before and behind them in the field is not theirs. */
function seamsOf({ value, selectionStart, selectionEnd }: HTMLTextAreaElement): [before: string, after: string] {
  return [
    /[^\n]$/.test(value.slice(0, selectionStart)) ? '\n' : '',
    /^[^\n]/.test(value.slice(selectionEnd)) ? '\n' : '',
  ];
}

function insert(field: HTMLTextAreaElement, words: string): void {
  const [from, to] = [field.selectionStart, field.selectionEnd];
  field.focus();
  // Deprecated, and the only way by which a field's undo takes a paste back.
  if (!document.execCommand('insertText', false, words)) {
    field.setRangeText(words, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  }
}

type Reader = typeof import('./pasted.ts');

export interface PastedText {
  readonly text: string;
  readonly ideas: readonly string[];
}
