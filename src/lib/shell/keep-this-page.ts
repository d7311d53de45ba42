import type { KeepPage } from './kept-pages.ts';

const QUIET = 1_000; // ms after which a page that has all it needs lets others have the network
const SPREAD = 1_500; // ms: a hall that sits down at once does not fetch its pages again at once

/**
 * Has the service worker keep the page that stands here: whoever came by a form has it from pieces, and nothing of it has passed the
 * worker as a page. Over plain http, and in some private windows, there is no worker, and nothing is kept.
 */
export function keepThisPage(quiet = QUIET): void {
  const { href } = location;
  setTimeout(() => void keep(href).catch(() => undefined), quiet + Math.random() * SPREAD);
}

async function keep(url: string): Promise<void> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!container) return;
  await container.register('/service-worker.js', { type: import.meta.env.DEV ? 'module' : 'classic' });
  const { active } = await container.ready;
  const assets = performance.getEntriesByType('resource').map(({ name }) => name);
  const order: KeepPage = { kind: 'keepPage', url, assets };
  active?.postMessage(order);
}
