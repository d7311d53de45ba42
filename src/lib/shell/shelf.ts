import { HOLDER, isOurs } from '#protocol/mark.ts';
import { assetsNamed } from './assets-named.ts';
import { KEPT_PAGES } from './kept-pages.ts';

const OURS = 'dastarkhan-';

/**
 * What the service worker keeps on the device: scripts and styles of each build, and pages. A page is put there after all that it
 * needs, and only what carries the server's mark is.
 */
export class Shelf {
  readonly #shell: string;
  readonly #caches: CacheStorage;
  readonly #ask: typeof fetch;
  /** Of the page seen last. */
  #holder: string | null = null;

  constructor(version: string, kept: CacheStorage = caches, ask: typeof fetch = (...args) => fetch(...args)) {
    this.#shell = `${OURS}${version}`;
    this.#caches = kept;
    this.#ask = ask;
  }

  /** Rejects when the page or anything that it needs was not to be had. */
  async keepOffline(path: string): Promise<void> {
    await this.#keep(path, new Request(path, PAGE), [], this.#shell);
  }

  async keepPage(url: URL, assets: readonly string[]): Promise<void> {
    await this.#keep(url.href, new Request(url.href, PAGE), assets, KEPT_PAGES);
  }

  offline(path: string): Promise<Response | undefined> {
    return this.#caches.match(path, { ignoreVary: true });
  }

  page(request: Request): Promise<Response | undefined> {
    return this.#caches.match(request, { cacheName: KEPT_PAGES, ignoreVary: true });
  }

  /** A page that the server just sent. */
  async seen(request: Request, page: Response, mayKeep: boolean): Promise<void> {
    const copy = page.ok && !page.redirected && mayKeep ? page.clone() : null;
    await this.#forgetOthers(page.headers.get(HOLDER));
    if (copy) await (await this.#caches.open(KEPT_PAGES)).put(request, copy);
  }

  /** From here if it is here, of whichever build; what is fetched stays. */
  async asset(request: Request): Promise<Response> {
    const kept = await this.#caches.match(request, { ignoreVary: true }).catch(() => undefined);
    if (kept) return kept;
    const answer = await this.#ask(request);
    if (!isOurs(answer)) return Response.error();
    if (answer.status === 200) {
      const copy = answer.clone();
      await this.#put(request, copy).catch(() => undefined); // a full disk must not cost the page
    }
    return answer;
  }

  /** Leaves this build and the one before, which open pages may still be of, and the pages that can be shown with them. */
  async clear(): Promise<void> {
    const before = (await this.#caches.keys()).filter(
      (name) => name.startsWith(OURS) && name !== this.#shell && name !== KEPT_PAGES,
    );
    await Promise.all(before.slice(0, -1).map((name) => this.#caches.delete(name)));
    const pages = await this.#caches.open(KEPT_PAGES);
    for (const request of await pages.keys()) {
      const page = await pages.match(request);
      const names = page ? await assetsNamed(page) : [];
      const found = await Promise.all(names.map((name) => this.#caches.match(name, { ignoreVary: true })));
      if (found.includes(undefined)) await pages.delete(request);
    }
  }

  async #keep(key: string, request: Request, assets: readonly string[], cache: string): Promise<void> {
    const page = await this.#ask(request);
    if (!isOurs(page) || page.status !== 200 || page.redirected) throw new Error('not ours');
    const needed = [...new Set([...(await assetsNamed(page)), ...assets])];
    await Promise.all(needed.map((name) => this.#keepAsset(name)));
    if (cache === KEPT_PAGES) await this.#forgetOthers(page.headers.get(HOLDER));
    await (await this.#caches.open(cache)).put(key, page);
  }

  async #keepAsset(name: string): Promise<void> {
    if (await this.#caches.match(name, { ignoreVary: true })) return;
    const answer = await this.#ask(name);
    if (!isOurs(answer) || answer.status !== 200) throw new Error('not ours');
    await this.#put(name, answer);
  }

  async #put(key: RequestInfo, answer: Response): Promise<void> {
    await (await this.#caches.open(this.#shell)).put(key, answer);
  }

  /** Whoever sits down in this browser does not find the pages of whoever sat here before. */
  async #forgetOthers(holder: string | null): Promise<void> {
    if (holder === null || holder === this.#holder) return;
    this.#holder = holder;
    const pages = await this.#caches.open(KEPT_PAGES);
    for (const request of await pages.keys()) {
      const page = await pages.match(request);
      if (page && page.headers.get(HOLDER) !== holder) await pages.delete(request);
    }
  }
}

/** Past the browser's own cache, with the cookies of whoever sits here. */
const PAGE: RequestInit = { credentials: 'same-origin', cache: 'no-store', headers: { accept: 'text/html' } };
