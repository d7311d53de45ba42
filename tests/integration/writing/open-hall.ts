import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import * as Y from 'yjs';
import { BROWSER_FLAGS, findBrowser } from '../../browser.mjs';
import { bundlePage } from '../sync-page-rig.ts';
import type {} from './desk.svelte.ts';

export interface OpenHall {
  readonly page: Page;
  /** Real keys: the browser takes them as from a keyboard. */
  readonly keys: CDPSession;
  close(): Promise<void>;
}

/** A real browser with so many people's windows on one page. */
export async function openHall(people: number): Promise<OpenHall> {
  const [hall, desk] = [await bundlePage('writing/hall.ts'), await bundlePage('writing/desk.svelte.ts')];
  const frames = '<iframe src="/desk" style="inline-size: 98%; block-size: 100px"></iframe>'.repeat(people);
  const answers: Record<string, string> = {
    '/': `<!doctype html><body>${frames}</body><script type="module" src="/hall.js"></script>`,
    '/desk': '<!doctype html><body style="font-size: 5px"></body><script type="module" src="/desk.js"></script>',
    '/hall.js': hall,
    '/desk.js': desk,
  };
  const server = createServer((req, res) => {
    res.setHeader('content-type', req.url?.endsWith('.js') ? 'text/javascript' : 'text/html');
    res.end(answers[req.url ?? ''] ?? '');
  }).listen(0);
  const browser = await chromium.launch({ executablePath: findBrowser(), args: BROWSER_FLAGS });
  const page = await browser.newPage();
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}/`);
  const keys = await page.context().newCDPSession(page);
  await page.waitForFunction(
    () => 'hall' in window && [...document.querySelectorAll('iframe')].every((frame) => frame.contentWindow!.desk),
  );
  return {
    page,
    keys,
    async close() {
      await browser.close();
      server.close();
    },
  };
}

export function beginningOf(paragraphs: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const elements = paragraphs.map((words) => {
    const paragraph = new Y.XmlElement('paragraph');
    if (words !== '') paragraph.insert(0, [new Y.XmlText(words)]);
    return paragraph;
  });
  const [idea, body] = [new Y.Map<unknown>(), new Y.XmlFragment()];
  doc.getMap('items').set('idea', idea);
  idea.set('body', body);
  body.insert(0, elements);
  return Y.encodeStateAsUpdate(doc);
}
