import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { BROWSER_FLAGS, findBrowser } from '../browser.mjs';
import { bundlePage, serveTo, type Shown } from './sync-page-rig.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';

const executablePath = findBrowser();

describe.skipIf(!executablePath)('the connection in a real browser', () => {
  let script: string;
  let browser: Browser;
  let rig: SyncRig;
  let page: Page;

  beforeAll(async () => {
    script = await bundlePage();
    browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    rig = await SyncRig.start({
      originAllowed: ({ headers }) => [undefined, rig.origin].includes(headers.origin),
      idleAfter: 0,
    });
    serveTo(rig, script);
    page = await (await browser.newContext()).newPage();
  });
  afterEach(async () => {
    await page.context().close();
    await rig.close();
  });

  const open = (seat = 'seat0001') => page.goto(`${rig.origin}/?document=${BOARD}&seat=${seat}`);
  const shown = async () => JSON.parse((await page.textContent('body')) || '{}') as Partial<Shown>;
  const shows = (expected: Partial<Shown>) =>
    until(
      async () => {
        const now = await shown();
        return Object.entries(expected).every(
          ([key, value]) => JSON.stringify(now[key as keyof Shown]) === JSON.stringify(value),
        );
      },
      `the page shows ${JSON.stringify(expected)}`,
    );
  const write = (text: string) =>
    page.evaluate((added) => {
      const board = window.connection.doc.getText('text');
      board.insert(board.length, added);
    }, text);
  const draftText = () =>
    page.evaluate(async () => {
      const { connection } = window;
      return (await connection.openDraft(connection.drafts[0]!)).getText('text').toString();
    });
  /** How much of the draft the server was known to have. */
  const knownText = () =>
    page.evaluate(async () => {
      const { connection } = window;
      const [draft] = connection.drafts;
      return window.textKnown(await connection.openDraft(draft!), draft!.known!);
    });
  const content = () => page.evaluate(() => window.connection.doc.getText('text').toString());

  test('[Y12] “saved” is shown only after the commit', async () => {
    await open();
    await shows({ status: 'online', saved: true, unsaved: 0, ready: true, readOnly: false });
    const release = rig.documents.hold();
    await write('hello');
    await shows({ saved: false, unsaved: 1 });
    release();
    await shows({ saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('hello');
  });

  test('[Y13] edits made offline survive a reload as “not saved”, and arrive when the network is back', async () => {
    await open();
    await write('online ');
    await shows({ saved: true });
    rig.isReachable = false;
    await shows({ status: 'offline', saved: false, unsaved: 0 });
    await write('off');
    await write('line');
    await shows({ unsaved: 2 });
    await page.reload();
    await shows({ ready: true, saved: false, unsaved: 2 });
    expect(await content()).toBe('online offline');
    rig.isReachable = true;
    await shows({ status: 'online', saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('online offline');
  });

  test('[Y13] closing a tab with unsaved edits asks first, without them it does not', async () => {
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await open();
    await shows({ saved: true });
    await page.mouse.click(5, 5); // browsers ask only where somebody did something
    await page.reload();
    expect(asked).toEqual([]);
    await shows({ saved: true });
    await page.mouse.click(5, 5);
    rig.isReachable = false;
    await write('unsaved');
    await shows({ unsaved: 1 });
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  test('[Y10] after a restore the old copy is not merged; its unsaved text is kept as a draft', async () => {
    await open();
    await write('before ');
    await shows({ saved: true });
    rig.isReachable = false;
    await shows({ status: 'offline' });
    await write('the restore');
    await shows({ unsaved: 1 });
    await until(() => rig.sync.stats().sync_documents === 0, 'the document left memory');
    await rig.storage.documents.renewLineage(BOARD);
    rig.isReachable = true;
    await shows({ status: 'online', saved: true, unsaved: 0, drafts: 1 });
    expect(await content()).toBe('before ');
    expect(await draftText()).toBe('before the restore');
    await page.reload();
    await shows({ status: 'online', drafts: 1 });
    await page.evaluate(() => window.connection.discardDraft(window.connection.drafts[0]!));
    await shows({ drafts: 0 });
  });

  test('[Y4] a lock is felt at once, and a removed seat stays out', async () => {
    await open();
    await shows({ status: 'online', readOnly: false });
    rig.permissions.set('seat0001', 'read');
    await shows({ readOnly: true });
    rig.permissions.set('seat0001', 'none');
    await shows({ status: 'refused' });
  });

  test('[Y31] what is typed after the lock becomes a draft of its author, and the board shows what the server has', async () => {
    await open();
    await write('in time ');
    await shows({ saved: true });
    rig.isReachable = false;
    await shows({ status: 'offline' });
    await write('too late');
    await shows({ unsaved: 1 });
    rig.permissions.set('seat0001', 'read');
    rig.isReachable = true;
    await shows({ status: 'online', drafts: 1, unsaved: 0, saved: true, refusal: null, readOnly: true });
    expect(await content()).toBe('in time ');
    expect(await draftText()).toBe('in time too late');
    expect(await knownText()).toBe('in time ');
    await page.reload();
    await shows({ status: 'online', drafts: 1 });
    expect(await content()).toBe('in time ');
    rig.permissions.set('seat0001', 'write');
    await shows({ readOnly: false });
    await write('again');
    await shows({ saved: true });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('in time again');
  });

  test('[Y31] a seat that is sent away keeps what was not saved, and is asked before it closes the page', async () => {
    await open();
    await write('saved ');
    await shows({ saved: true });
    const release = rig.documents.hold();
    await write('not saved');
    await shows({ unsaved: 1 });
    rig.permissions.set('seat0001', 'none');
    await shows({ status: 'refused', drafts: 1, unsaved: 0 });
    expect(await content()).toBe('saved not saved');
    expect(await knownText()).toBe('saved ');
    release();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });
    await page.mouse.click(5, 5);
    await page.reload();
    expect(asked).toEqual(['beforeunload']);
  });

  test('[Y33] a backlog beyond one frame arrives in pieces, and what is typed meanwhile behind it', async () => {
    await open();
    await shows({ status: 'online' });
    rig.isReachable = false;
    await shows({ status: 'offline' });
    await page.evaluate(() => {
      const board = window.connection.doc.getText('text');
      for (let edit = 0; edit < 300; edit += 1) board.insert(edit % 2 ? 0 : board.length, 'ё'.repeat(2_500));
    });
    await shows({ unsaved: 300 });
    rig.isReachable = true;
    await until(async () => (await shown()).status === 'online', 'the page is online');
    await write('behind');
    await shows({ saved: true, unsaved: 0 });
    const stored = (await rig.sync.read(BOARD)).getText('text').toString();
    expect(stored).toBe(await content());
    expect(stored.length).toBe(750_006);
  });

  test('[Y30] a lost frame is noticed and healed, though the socket stands', async () => {
    await open();
    await shows({ saved: true });
    await page.evaluate(() => {
      const { send } = WebSocket.prototype;
      let lost = 0;
      WebSocket.prototype.send = function (data) {
        if (data instanceof Uint8Array && data[0] === 0 && data[1] === 2 && lost++ === 0) return;
        send.call(this, data);
      };
    });
    await write('lost');
    await shows({ saved: false, unsaved: 1 });
    await shows({ saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('lost');
  });

  test('[Y30] a half-open socket is given up long before TCP does', async () => {
    await open();
    await shows({ saved: true });
    await page.evaluate(() => {
      const { send } = WebSocket.prototype;
      const dead = new Set<WebSocket>();
      let isFirst = true;
      WebSocket.prototype.send = function (data) {
        if (isFirst) {
          isFirst = false;
          dead.add(this);
          this.addEventListener('message', (event) => event.stopImmediatePropagation(), { capture: true });
          this.onmessage = null;
        }
        if (!dead.has(this)) send.call(this, data);
      };
    });
    await write('into the void');
    await shows({ saved: false, unsaved: 1 });
    await shows({ saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('into the void');
  });

  test('[Y32] a second tab does not take the first one’s count away', async () => {
    await open();
    await shows({ status: 'online' });
    rig.isReachable = false;
    await shows({ status: 'offline' });
    await write('first tab');
    await shows({ unsaved: 1 });
    const first = page;
    page = await first.context().newPage();
    await open();
    await shows({ unsaved: 1 });
    await write(' and second');
    await shows({ unsaved: 2 });
    await page.close({ runBeforeUnload: false });
    page = first;
    await shows({ unsaved: 1 });
    page = await first.context().newPage();
    await first.close({ runBeforeUnload: false });
    await open();
    await shows({ unsaved: 2 });
    rig.isReachable = true;
    await shows({ saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe('first tab and second');
  });

  test('[Y34] a tab that closes with the last letter has it when it opens again', async () => {
    await open();
    await shows({ status: 'online' });
    rig.isReachable = false;
    await shows({ status: 'offline' });
    const context = page.context();
    let isTyped = false;
    await context.route('**/typed', (route) => {
      isTyped = true;
      return route.fulfill({ body: '' });
    });
    const devtools = await context.newCDPSession(page);
    // the renderer dies in the task of the last letter: no answer of IndexedDB ever reaches it
    page
      .evaluate(() => {
        window.connection.doc.getText('text').insert(0, 'last letter');
        const told = new XMLHttpRequest();
        told.open('GET', '/typed', false);
        told.send();
        for (;;);
      })
      .catch(() => undefined);
    await until(() => isTyped, 'the letter is typed');
    void devtools.send('Page.crash').catch(() => undefined);
    await page.waitForEvent('crash');
    page = await context.newPage();
    await open();
    await shows({ ready: true, unsaved: 1 });
    expect(await content()).toBe('last letter');
    rig.isReachable = true;
    await shows({ saved: true, unsaved: 0 });
    expect((await rig.sync.read(BOARD)).getText('text').toString()).toBe(await content());
  });

  test('[Y11] who else is here is shown, once for each seat, and no longer when they leave', async () => {
    await open();
    await shows({ status: 'online', others: [] });
    const others = [rig.client('seat0002'), rig.client('seat0003'), rig.client('seat0003')];
    await until(async () => (await shown()).others?.length === 2, 'two seats are here');
    for (const other of others) other.destroy();
    await shows({ others: [] });
  });
});
