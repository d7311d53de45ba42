import { chromium, type Browser, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { BROWSER_FLAGS, findBrowser } from '../browser.mjs';
import { STORE_FAULTS, STORE_MISHAPS } from './store-faults.ts';
import { bundlePage, serveTo, type Shown } from './sync-page-rig.ts';
import { BOARD, SyncRig, until } from './sync-rig.ts';

const executablePath = findBrowser();

/** One page with a server of its own, so that many of them can wait at once. */
class Writer {
  readonly rig: SyncRig;
  readonly page: Page;
  readonly #errors: string[] = [];

  constructor(rig: SyncRig, page: Page) {
    this.rig = rig;
    this.page = page;
    page.on('pageerror', ({ message }) => this.#errors.push(message));
  }

  async open(): Promise<void> {
    await this.page.goto(`${this.rig.origin}/?document=${BOARD}&seat=seat0001`);
    await this.page.waitForFunction(() => 'connection' in window);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.rig.close();
    expect(this.#errors).toEqual([]);
  }

  shown = async () => JSON.parse((await this.page.textContent('body')) || '{}') as Partial<Shown>;
  content = () => this.page.evaluate(() => window.connection.doc.getText('text').toString());
  stored = async () => (await this.rig.sync.read(BOARD)).getText('text').toString();
  setFaulty = (isFaulty: boolean) => this.page.evaluate((now) => void (window.isFaulty = now), isFaulty);
  shows = (what: string, is: (now: Partial<Shown>) => boolean) => until(async () => is(await this.shown()), what);
  saved = () => this.shows('saved', (now) => now.saved === true && now.unsaved === 0);

  async goOffline(): Promise<void> {
    this.rig.isReachable = false;
    await this.shows('offline', ({ status }) => status === 'offline');
  }

  /** Writes word by word; at no moment is something called saved that the server lacks. */
  async write(words: string): Promise<void> {
    for (const word of words.split(' ')) {
      const said = await this.page.evaluate(async (added) => {
        const { connection } = window;
        const text = connection.doc.getText('text');
        text.insert(text.length, `${added} `);
        await new Promise((resolve) => setTimeout(resolve));
        return { isSaved: connection.saved, text: text.toString() };
      }, word);
      if (said.isSaved) expect(await this.stored()).toContain(said.text);
    }
  }

  /** Online, held back, offline, and all of it again after a reload. */
  async goOn(isLost: boolean): Promise<void> {
    await this.write('while it fails');
    await this.saved();
    expect(await this.stored()).toBe(await this.content());
    const release = this.rig.documents.hold();
    await this.write('held');
    expect(await this.shown()).toMatchObject({ saved: false });
    await this.shows('unsaved', ({ unsaved = 0 }) => unsaved > 0);
    release();
    await this.saved();
    await this.goOffline();
    await this.write('without a network');
    await this.shows('counted', ({ unsaved }) => unsaved === 3);
    if (isLost) await this.shows('no copy is kept', ({ keepsCopy }) => keepsCopy === false);
    this.rig.isReachable = true;
    await this.saved();
    const all = await this.content();
    expect(all).toContain('while it fails held without a network ');
    expect(await this.stored()).toBe(all);
    await this.page.reload();
    await this.saved();
    expect(await this.content()).toBe(all);
  }
}

describe.skipIf(!executablePath)('“saved” while the browser’s stores fail', () => {
  let script: string;
  let browser: Browser;
  beforeAll(async () => {
    script = await bundlePage();
    browser = await chromium.launch({ executablePath, args: BROWSER_FLAGS });
  });
  afterAll(() => browser?.close());

  async function writer(run: (one: Writer) => Promise<void>): Promise<void> {
    const rig: SyncRig = await SyncRig.start({
      originAllowed: ({ headers }) => [undefined, rig.origin].includes(headers.origin),
      idleAfter: 0,
    });
    serveTo(rig, script);
    const one = new Writer(rig, await (await browser.newContext()).newPage());
    await run(one);
    await one.close();
  }

  test.concurrent.each(Object.keys(STORE_FAULTS))(
    '[B32] %s from the beginning: words are counted, sent and saved',
    (name) =>
      writer(async (one) => {
        await one.page.addInitScript(STORE_FAULTS[name]!);
        await one.page.addInitScript(() => void (window.isFaulty = true));
        await one.open();
        await one.goOn(true);
      }),
  );

  test.concurrent.each(Object.keys(STORE_FAULTS))(
    '[B32] %s while people write: the same, and the copy is whole again',
    (name) =>
      writer(async (one) => {
        await one.page.addInitScript(STORE_FAULTS[name]!);
        /** What is needed for opening and reading only does not fail in the middle. */
        const isFelt = !/^(reading|open|everything)/.test(name);
        await one.open();
        await one.write('before');
        await one.saved();
        await one.setFaulty(true);
        await one.goOn(isFelt);
        await one.setFaulty(false);
        await one.write('after');
        await one.saved();
        await one.shows('a copy is kept', ({ keepsCopy }) => keepsCopy === true);
        await one.goOffline();
        await one.write('offline');
        const all = await one.content();
        await one.page.reload();
        await one.shows('the copy', ({ ready, unsaved }) => ready === true && unsaved === 1);
        await vi.waitFor(async () => expect(await one.content()).toBe(all), 30_000);
      }),
  );

  test.concurrent.each(Object.keys(STORE_MISHAPS))('[B32] %s: nothing is lost, and the copy is whole again', (name) =>
    writer(async (one) => {
      await one.open();
      await one.write('before');
      await one.saved();
      await one.page.evaluate(STORE_MISHAPS[name]!);
      await one.goOn(false);
    }),
  );

  test.concurrent('[B32] the site’s data is cleared while people write: the page’s words are in the next copy', () =>
    writer(async (one) => {
      await one.open();
      const devtools = await one.page.context().newCDPSession(one.page);
      const clear = () =>
        devtools.send('Storage.clearDataForOrigin', {
          origin: one.rig.origin,
          storageTypes: 'indexeddb,local_storage,cache_storage',
        });
      await one.write('before');
      await clear();
      await one.write('after one');
      await one.saved();
      expect(await one.stored()).toBe('before after one ');
      await one.goOffline();
      await one.write('offline');
      await clear();
      await one.write('and more');
      await one.shows('counted', ({ unsaved }) => unsaved === 3);
      await one.shows('a copy is kept', ({ keepsCopy }) => keepsCopy === true);
      const all = await one.content();
      await one.page.reload();
      await one.shows('the copy', ({ ready }) => ready === true);
      expect(await one.content()).toBe(all);
      one.rig.isReachable = true;
      await one.saved();
      expect(await one.stored()).toBe(all);
    }),
  );

  test.concurrent('[B33] words that went by uncounted are not called saved, and are offered', () =>
    writer(async (one) => {
      await one.open();
      await one.saved();
      await one.page.evaluate(() => {
        // whoever listens first throws: nobody behind it hears of the change
        const { doc } = window.connection;
        const listeners = doc._observers.get('update') as Set<unknown>;
        const others = [...listeners];
        listeners.clear();
        doc.getText('text').insert(0, 'uncounted');
        for (const listener of others) listeners.add(listener);
      });
      await one.shows('not saved', (now) => now.saved === false && now.unsaved === 1);
      await one.saved();
      expect(await one.stored()).toBe('uncounted');
    }),
  );
});
