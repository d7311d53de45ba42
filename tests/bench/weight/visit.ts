import type { BrowserContext, CDPSession, Page } from '@playwright/test';

/** What one page took of the network until it was what people came for. */
export interface Weighed {
  /** Milliseconds from the press or the scan: the field can be typed into, and the page is ready (joining: its script runs; a board: “Saved”). */
  readonly field: number;
  readonly ready: number;
  readonly requests: number;
  /** Bytes of their bodies as they are sent. */
  readonly scripts: number;
  /** Bytes on the wire, headers too. */
  readonly fonts: number;
  readonly all: number;
  /** Cumulative layout shift until two seconds after it was ready. */
  readonly shift: number;
  /** Files that the service worker asked for meanwhile. */
  readonly worker: number;
}

export interface Line {
  /** Bytes a second, each way. */
  readonly rate: number;
  /** Milliseconds there and back. */
  readonly delay: number;
  /** The processor is this many times slower. */
  readonly slower: number;
}

interface Asked {
  readonly kind: string;
  bytes: number;
  /** Of them, those of the answer's headers. */
  headers: number;
  readonly at: number;
}

/** Counts what a page asks for. Made once for a page: a service worker and what it fetches are counted apart. */
export class Scale {
  readonly #page: Page;
  readonly #context: BrowserContext;
  readonly #asked = new Map<string, Asked>();
  #worker = 0;

  private constructor(page: Page) {
    this.#page = page;
    this.#context = page.context();
  }

  static async under(page: Page, line: Line): Promise<Scale> {
    const scale = new Scale(page);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.delay,
      downloadThroughput: line.rate,
      uploadThroughput: line.rate,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: line.slower });
    scale.#listen(cdp);
    await page.addInitScript(watchShift);
    return scale;
  }

  #listen(cdp: CDPSession): void {
    cdp.on('Network.requestWillBeSent', ({ requestId, type, request, redirectResponse }) => {
      const before = redirectResponse ? this.#asked.get(requestId) : undefined;
      if (before) this.#asked.set(`${requestId} before ${performance.now()}`, before);
      if (request.url.startsWith('data:')) return;
      this.#asked.set(requestId, { kind: type ?? 'Other', bytes: 0, headers: 0, at: performance.now() });
    });
    cdp.on('Network.requestServedFromCache', ({ requestId }) => this.#asked.delete(requestId));
    cdp.on('Network.responseReceived', ({ requestId, response }) => {
      const asked = this.#asked.get(requestId);
      if (asked) asked.headers = response.encodedDataLength;
    });
    cdp.on('Network.dataReceived', ({ requestId, encodedDataLength }) => this.#add(requestId, encodedDataLength));
    cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const asked = this.#asked.get(requestId);
      if (asked) asked.bytes = Math.max(asked.bytes, encodedDataLength);
    });
    this.#context.on('request', (request) => {
      if (request.serviceWorker()) this.#worker += 1;
    });
  }

  #add(requestId: string, bytes: number): void {
    const asked = this.#asked.get(requestId);
    if (asked) asked.bytes += bytes;
  }

  /** `go` begins, `field` and `ready` resolve when that much is there. */
  async weigh(
    go: () => Promise<unknown>,
    field: () => Promise<unknown>,
    ready: () => Promise<unknown>,
  ): Promise<Weighed> {
    this.#asked.clear();
    this.#worker = 0;
    const begun = performance.now();
    const going = go();
    await field();
    const fieldAt = performance.now() - begun;
    await ready();
    const readyAt = performance.now() - begun;
    const asked = [...this.#asked.values()];
    const bytes = (kind?: string) =>
      asked.reduce((sum, each) => (kind && each.kind !== kind ? sum : sum + each.bytes), 0);
    const scripts = asked.filter(({ kind }) => kind === 'Script');
    const headers = scripts.reduce((sum, { headers }) => sum + headers, 0);
    const weighed = { scripts: bytes('Script') - headers, fonts: bytes('Font'), all: bytes(), requests: asked.length };
    await going;
    await this.#page.waitForTimeout(2_000);
    const shift = await this.#page.evaluate(() => (globalThis as { shifted?: number }).shifted ?? 0);
    return { field: fieldAt, ready: readyAt, ...weighed, shift, worker: this.#worker };
  }
}

/** Runs in the page before anything else. */
function watchShift(): void {
  const seen = globalThis as { shifted?: number };
  seen.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
      if (!entry.hadRecentInput) seen.shifted = (seen.shifted ?? 0) + entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
