/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
/// <reference types="@sveltejs/kit" />
import { build, files, version } from '$service-worker';
import { KEPT_PAGES } from '#lib/shell/kept-pages.ts';
import { mayKeep, shellRoute } from '#lib/shell/shell-route.ts';

const worker = globalThis.self as unknown as ServiceWorkerGlobalScope;

const SHELL = `dastarkhan-${version}`;
const OFFLINE = '/offline';
const assets = new Set([...build, ...files]);
/** Fetched at once; fonts and pictures are kept as they are used, because most people need few of them. */
const needed = build.filter((file) => /\.(js|css)$/.test(file));

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(SHELL)
      .then((cache) => cache.addAll([...needed, OFFLINE]))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => event.waitUntil(dropOldShells().then(() => worker.clients.claim())));

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (assets.has(url.pathname)) event.respondWith(shellFirst(request));
  else if (shellRoute(url.pathname, request.mode)) event.respondWith(networkFirst(request, url));
});

async function dropOldShells(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name !== SHELL && name !== KEPT_PAGES);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function shellFirst(request: Request): Promise<Response> {
  const kept = await caches.match(request, { cacheName: SHELL });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(SHELL)).put(request, response.clone());
  return response;
}

/** The page as the server has it now; without a network as it was when it was last seen. */
async function networkFirst(request: Request, url: URL): Promise<Response> {
  try {
    const response = await fetch(request);
    if (response.ok && !response.redirected && mayKeep(url.pathname)) {
      await (await caches.open(KEPT_PAGES)).put(request, response.clone());
    }
    return response;
  } catch (error) {
    const kept = await caches.match(request, { cacheName: KEPT_PAGES });
    const offline = request.mode === 'navigate' ? await caches.match(OFFLINE, { cacheName: SHELL }) : undefined;
    const answer = kept ?? offline;
    if (answer) return answer;
    throw error;
  }
}
