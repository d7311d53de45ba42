import { randomBytes } from 'node:crypto';
import type { ForumId } from '#domain/ids.ts';
import { derivedToken, newToken } from '#server/auth/tokens.ts';

/** An id for one join form: 128 bits, made with the page. Who sends a form again sends the same id. */
export const newFormId = (): string => randomBytes(16).toString('hex');

export const isFormId = (id: string): boolean => /^[A-Za-z0-9_-]{22,64}$/.test(id);

/**
 * What a form gives its sender. Both follow from the form's id, so that the same answer can be given again after a restart while the
 * database holds hashes only; without an id they are new each time.
 */
export const tokensOfForm = (id: string | null, forum: ForumId): { readonly seat: string; readonly mark: string } =>
  id === null
    ? { seat: newToken(), mark: newToken() }
    : { seat: derivedToken(id, `seat ${forum}`), mark: derivedToken(id, 'mark') };
