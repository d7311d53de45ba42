import type { CDPSession } from '@playwright/test';
import * as Y from 'yjs';
import { openPage, type OpenPage } from '../open-page.ts';
import { bundlePage } from '../sync-page-rig.ts';
import type {} from './desk.svelte.ts';

export interface OpenDesk extends OpenPage {
  /** Real keys: the browser takes them as from a keyboard. */
  readonly keys: CDPSession;
}

/** One person's window in a real browser. */
export async function openDesk(): Promise<OpenDesk> {
  const opened = await openPage({
    '/': '<!doctype html><body></body><script type="module" src="/desk.js"></script>',
    '/desk.js': await bundlePage('composing/desk.svelte.ts'),
  });
  const keys = await opened.page.context().newCDPSession(opened.page);
  await opened.page.waitForFunction(() => 'desk' in window);
  return { ...opened, keys };
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
