import type { CDPSession } from '@playwright/test';
import * as Y from 'yjs';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import type { Block } from '#domain/languages/text.ts';
import { addItem, addTheme } from '#protocol/board/edit.ts';
import { openPage } from '../open-page.ts';
import { bundlePage } from '../sync-page-rig.ts';
import { MOST, type Plan, type Planned } from './plan.ts';
import type {} from './room.ts';
import type { Played } from './turn.ts';

/** What nobody opens here, and what needs SvelteKit's router. */
const NOT_NEEDED = [
  '#lib/start/router.ts',
  '#domain/languages/guess-language.ts',
  ...['BoardMenu', 'CommentsDialog', 'CommentsPanel', 'HeardBoard', 'KeptDrafts', 'KeysHelp', 'SidePanel'].map(
    (name) => `./${name}.svelte`,
  ),
];
const AWAY = Object.fromEntries(NOT_NEEDED.map((name) => [name, 'plays/no-part.ts']));

export interface OpenRoom {
  /** Plays to the end, with keys that the browser takes as from a keyboard. */
  play(plan: Plan): Promise<Played>;
  close(): Promise<void>;
}

/** A real browser with so many people's boards on one page. */
export async function openRoom(): Promise<OpenRoom> {
  const { page, close } = await openPage({
    '/': '<!doctype html><body></body><script type="module" src="/room.js"></script>',
    '/person':
      '<!doctype html><style>.ProseMirror{white-space:break-spaces}</style><body></body><script type="module" src="/person.js"></script>',
    '/room.js': await bundlePage('plays/room.ts'),
    '/person.js': await bundlePage('plays/person.svelte.ts', AWAY),
  });
  await page.waitForFunction(() => 'room' in window);
  const keys: CDPSession[] = [];
  for (let who = 0; who < MOST; who += 1) {
    const opened = page.waitForEvent('popup');
    await page.evaluate((name) => window.room.open(name), who);
    const person = await opened;
    await person.waitForFunction(() => 'person' in window);
    keys.push(await person.context().newCDPSession(person));
  }

  const press = async ({ who, key: { key, text, ...more } }: Planned) => {
    const event = { key, ...more, ...(text !== undefined && { text, unmodifiedText: text }) };
    await Promise.all([
      keys[who]!.send('Input.dispatchKeyEvent', { type: 'keyDown', ...event }),
      keys[who]!.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...more }),
    ]);
  };
  return {
    async play({ clients, paragraphs, turns }) {
      await page.evaluate(([...all]) => window.room.begin(...all), [
        clients,
        [...beginningOf(paragraphs)],
        'idea',
        turns,
      ] as const);
      for (let at = 0; at < turns.length;) {
        const { who } = turns[at]!;
        // the windows take their keys in order, each its own
        const inRow = turns.slice(at).findIndex((turn) => turn.who !== who);
        const hand = turns.slice(at, inRow < 0 ? undefined : at + inRow);
        await Promise.all(hand.map(press));
        at += hand.length;
      }
      return page.evaluate(() => window.room.end());
    },
    close,
  };
}

/** Two themes, and the idea in the first of them that everybody begins to write in. */
function beginningOf(paragraphs: readonly string[]): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const writer = { seat: 'seat-1' as SeatId, at: 0 };
  for (const id of ['first', 'second'] as ThemeId[]) addTheme(doc, { id, title: { text: id, lang: 'en' } }, writer);
  const item = (id: string, theme: string, lines: readonly string[]) => {
    const blocks = lines.map((text): Block => ({ kind: 'paragraph', lang: 'en', runs: text === '' ? [] : [{ text }] }));
    addItem(doc, { id: id as ItemId, theme: theme as ThemeId, lang: 'en', blocks }, writer);
  };
  item('before', 'first', ['seven']);
  item('idea', 'first', paragraphs);
  item('behind', 'first', ['eight']);
  item('other', 'second', ['nine']);
  return Y.encodeStateAsUpdate(doc);
}
