import { createHash } from 'node:crypto';
import type { ForumId } from '#domain/ids.ts';

export interface CookieOptions {
  readonly httpOnly: true;
  readonly secure: boolean;
  readonly sameSite: 'lax';
  readonly path: '/';
}

/**
 * Names and options of our cookies. Over https the `__Host-` prefix keeps neighbours on the domain from setting them; a
 * laptop in a hall speaks plain http, where browsers refuse that prefix.
 */
export class CookieJar {
  readonly #prefix: '__Host-' | '';
  readonly options: CookieOptions;

  /** `origin`: of the configuration; without one the server is reached over plain http. */
  constructor(origin: string | undefined) {
    const secure = origin?.startsWith('https:') ?? false;
    this.#prefix = secure ? '__Host-' : '';
    this.options = { httpOnly: true, secure, sameSite: 'lax', path: '/' };
  }

  get session(): string {
    return `${this.#prefix}session`;
  }

  /** Marks a browser that joined, so that it can be kept out of a forum; it opens nothing. */
  get mark(): string {
    return `${this.#prefix}browser`;
  }

  /** By which a device is known that somebody signed in from before. It opens nothing by itself. */
  get device(): string {
    return `${this.#prefix}device`;
  }

  seat(forum: ForumId): string {
    return `${this.#prefix}seat-${forum}`;
  }

  isSeat(name: string): boolean {
    return name.startsWith(`${this.#prefix}seat-`);
  }

  /** The same for requests with the same session and seats, and telling nothing about them. */
  holder(header: string | undefined): string {
    const own = [...readCookies(header)].filter(([name]) => name === this.session || this.isSeat(name));
    const hash = createHash('sha256').update(JSON.stringify(own.sort(([a], [b]) => (a < b ? -1 : 1))));
    return hash.digest('hex').slice(0, 24);
  }
}

/** Values by name from a Cookie header; the first of a name counts. Values that are not well encoded are left out. */
export function readCookies(header: string | undefined): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (header ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(0, at)).trim();
    if (name === '' || cookies.has(name)) continue;
    try {
      cookies.set(name, decodeURIComponent(pair.slice(at + 1).trim()));
    } catch {
      // `%` without two digits: not one of ours.
    }
  }
  return cookies;
}
