import type { ForumDetails } from '#domain/forum/forum.ts';
import { parseStoredForum } from '#protocol/forum-schema.ts';
import { StorageError } from './ports/storage-error.ts';

const KEPT = 32; // forums; a server seldom runs two at a time

/**
 * Forums as they were read from their rows. Whoever comes makes the server look a forum up some five times, and to check sixty rooms
 * costs more than all else of it: the same text is checked once. Nobody changes what was read.
 */
export class ReadForums {
  readonly #known = new Map<string, { readonly data: string; readonly details: ForumDetails }>();

  /** Throws `StorageError` for what is no forum. */
  of(id: string, data: string): ForumDetails {
    const known = this.#known.get(id);
    if (known?.data === data) return known.details;
    const details = readForum(id, data);
    this.#known.delete(id);
    this.#known.set(id, { data, details });
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return details;
  }
}

/** Throws as `of` does. */
export const readForum = (id: string, data: string): ForumDetails =>
  parseStoredForum(
    JSON.parse(data),
    (problem) => new StorageError(`forum ${id} is damaged in the database: ${problem}`),
  );
