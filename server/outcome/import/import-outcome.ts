import { parseDocument } from 'htmlparser2';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import type { ImportedOutcome } from './imported.ts';
import { isOurs } from './own-markup.ts';
import { ownOutcome } from './own-outcome.ts';
import { readPost } from './post.ts';
import { typedOutcome } from './typed-outcome.ts';

export type { ImportedItem, ImportedOutcome, ImportedTheme } from './imported.ts';

/**
 * An earlier outcome: a WordPress post as JSON (typed by hand or exported by us), or an HTML page. Refusals:
 * `fieldInvalid` for what is not a post, `recommendationsMissing` for one without any.
 */
export function importOutcome(text: string): Result<ImportedOutcome> {
  const post = readPost(text);
  if (!post.ok) return post;
  const document = parseDocument(post.value.html, { withStartIndices: true });
  if (!isOurs(document)) return typedOutcome(post.value, document.children);
  const outcome = ownOutcome(document, post.value);
  if (!outcome.themes.some(({ items }) => items.length > 0)) return refused({ kind: 'recommendationsMissing' });
  const { from } = outcome.details;
  if (from === '') return refused({ kind: 'fieldInvalid', field: 'content: dates', reason: 'must be there' });
  return accepted(outcome);
}
