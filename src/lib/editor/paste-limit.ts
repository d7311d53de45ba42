/** Characters in one paste: a long report fits, a mistaken file does not; the server takes frames of 1 MB. */
export const PASTE_LIMIT = 200_000;

/** HTML of an office program is many times its text; above this the plain text is pasted instead. */
export const PASTE_HTML_LIMIT = 2_000_000;

/** How many characters a paste or drop would bring when that is too many; null when it fits. */
export function pasteTooLarge(data: DataTransfer | null): number | null {
  const text = data?.getData('text/plain') ?? '';
  if (text.length > PASTE_LIMIT) return text.length;
  if (text !== '') return null;
  const html = data?.getData('text/html').length ?? 0;
  return html > PASTE_HTML_LIMIT ? html : null;
}
