import { PASTE_HTML_LIMIT } from '#lib/editor/paste-limit.ts';

/**
 * Puts the lines of what was pasted into a plain field, so that the field's own undo knows of it. Returns them; null when the browser may
 * paste as it would. The reader of clipboards is loaded before anybody pastes, or the browser pastes.
 */
export function pasteLines(event: ClipboardEvent, reader: Reader | undefined): PastedText | null {
  const data = event.clipboardData;
  const field = event.currentTarget;
  if (!reader || !data || !(field instanceof HTMLTextAreaElement)) return null;
  const text = data.getData('text/plain');
  const html = data.getData('text/html');
  const lines = reader.linesPasted(html.length > PASTE_HTML_LIMIT ? '' : html, text);
  if (lines.length === 0) return null;
  const pasted = { text: reader.textOfLines(lines), ideas: reader.ideasIn(lines) };
  if (pasted.text === text) return pasted;
  event.preventDefault();
  const [from, to] = [field.selectionStart, field.selectionEnd];
  // Deprecated, and the only way by which a field's undo takes a paste back.
  if (!document.execCommand('insertText', false, pasted.text)) {
    field.setRangeText(pasted.text, from, to, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));
  }
  return pasted;
}

type Reader = typeof import('./pasted.ts');

export interface PastedText {
  readonly text: string;
  readonly ideas: readonly string[];
}
