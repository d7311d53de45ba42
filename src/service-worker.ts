/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
import { build, files, version } from '$service-worker';
import { readKeepPage } from '#lib/shell/kept-pages.ts';
import { PROBE, reach } from '#lib/shell/reach.ts';
import { isAsset, isLivePage, mayKeep, shellRoute } from '#lib/shell/shell-route.ts';
import { Shelf } from '#lib/shell/shelf.ts';
import { isOurs } from '#protocol/mark.ts';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;
const assets = new Set([...build, ...files]);
const shelf = new Shelf(version);

const OFFLINE = '/offline';
/** A board that was kept brings itself up to date: on a bad network one looks at it sooner than at nothing. */
const PATIENCE = 5_000; // ms

// The first visit is for the page: only what says that there is no network comes along. If even that is not marked as ours, something
// on the way takes marks off, and there had better be no worker.
worker.addEventListener('install', (event) =>
  event.waitUntil(shelf.keepOffline(OFFLINE).then(() => worker.skipWaiting())),
);

worker.addEventListener('activate', (event) => event.waitUntil(shelf.clear().then(() => worker.clients.claim())));

worker.addEventListener('message', (event) => {
  const order = readKeepPage(event.data);
  const url = order && urlOf(order.url);
  if (!url || url.origin !== worker.location.origin) return;
  if (!shellRoute(url.pathname, 'navigate') || !mayKeep(url.pathname)) return;
  const own = order.assets.flatMap((name) => pathOfAsset(name) ?? []);
  event.waitUntil(shelf.keepPage(url, own).catch(() => undefined));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  // Whether the server is there is asked by the way that pages go, for whoever would load one again.
  if (url.pathname === PROBE) event.respondWith(fetch(request));
  else if (assets.has(url.pathname) || isAsset(url.pathname)) event.respondWith(shelf.asset(request));
  else if (shellRoute(url.pathname, request.mode)) event.respondWith(page(request, url));
});

/** The page as the server has it now; when it cannot be had, as it was when it was last seen. */
async function page(request: Request, url: URL): Promise<Response> {
  const coming = fromServer(request);
  const kept = await shelf.page(request).catch(() => undefined);
  const isForPage = request.mode === 'navigate';
  const patience = kept && isForPage && isLivePage(url.pathname) ? PATIENCE : null;
  const fresh = await (patience === null ? coming : Promise.race([coming, wait(patience)]));
  const isBroken = fresh !== null && fresh.status >= 500 && isLivePage(url.pathname);
  if (fresh && !(isBroken && kept)) {
    // A kept page is a help; a full disk must not cost the page itself.
    await shelf.seen(request, fresh, mayKeep(url.pathname)).catch(() => undefined);
    return fresh;
  }
  return kept ?? (isForPage ? await shelf.offline(OFFLINE) : undefined) ?? Response.error();
}

/** Null for whatever the server did not say itself. */
async function fromServer(request: Request): Promise<Response | null> {
  const answer = await fetch(request).catch(() => null);
  if (!answer) return null;
  // Where a redirect of a page leads cannot be seen here; a hall's sign-in page redirects whatever one asks.
  if (answer.type === 'opaqueredirect') return (await reach()) === 'server' ? answer : null;
  return isOurs(answer) ? answer : null;
}

function pathOfAsset(name: string): string | null {
  const url = urlOf(name);
  return url?.origin === worker.location.origin && assets.has(url.pathname) ? url.pathname : null;
}

/** `URL.parse` is younger than many phones. */
function urlOf(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

const wait = (ms: number) => new Promise<null>((resolve) => setTimeout(resolve, ms, null));
