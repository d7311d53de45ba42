import { LIMITS } from '#domain/limits.ts';
import type { Forum, ForumDetails } from '#domain/forum/forum.ts';
import { refused, type Result } from '#domain/refusal.ts';
import { parseForumJson } from '#protocol/forum-schema.ts';
import { detailsTyped } from './draft-details.ts';
import { draftFromForm } from './draft-fields.ts';
import { indexForm } from './form-index.ts';
import type { ForumDraft } from './draft.ts';
import { keepRooms } from './keep-rooms.ts';

/** What a form says, and whether it makes a forum. `stored` is the forum being edited: its rooms and imported frame stay. */
export function readForum(
  form: FormData,
  locale: string,
  stored: Forum | null,
): { draft: ForumDraft; details: Result<ForumDetails> } {
  const index = indexForm(form);
  const typed = draftFromForm(index);
  const draft = stored ? keepRooms(typed, stored, locale) : typed;
  const { most } = LIMITS.formRows;
  if (index.longerThan(most) !== null) return { draft, details: refused({ kind: 'tooMany', what: 'rows', most }) };
  return { draft, details: parseForumJson(detailsTyped(draft, stored?.outcome ?? {}), newId, stored) };
}

export const newId = (): string => crypto.randomUUID().replaceAll('-', '');

/** A forum's JSON from a file or from the clipboard. `text` comes back, so that what was pasted is not lost. */
export async function importedForum(form: FormData): Promise<{ text: string; details: Result<ForumDetails> }> {
  const file = form.get('file');
  const pasted = form.get('json');
  const text = file instanceof File && file.size > 0 ? await file.text() : typeof pasted === 'string' ? pasted : '';
  if (text.trim() === '') return { text, details: refused({ kind: 'fieldMissing', field: 'JSON' }) };
  try {
    return { text, details: parseForumJson(JSON.parse(text), newId) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { text, details: refused({ kind: 'fieldInvalid', field: 'JSON', reason: error.message }) };
  }
}
