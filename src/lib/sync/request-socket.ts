import { isOurs } from '#protocol/mark.ts';
import { END, GIVE, HOLD, MOST_FRAMES, MOST_HELD, packBatch, TAKE, WAY } from '#protocol/slow-way.ts';
import { ServerFrames } from './server-frames.ts';

const PATIENCE = 20_000; // ms in which a request is tried again: as long as an open WebSocket would be believed
const ANSWERED_WITHIN = 12_000; // ms
const AGAIN = 500; // ms
const AGAIN_MOST = 3_000;
const LARGEST_BATCH = 256_000; // bytes, unless one frame is larger
const COMPANY = 1_500; // ms between two questions of a page that has several documents open: a browser asks six at a time
const COMPANY_MOST = 8_000;

/** Null where tests run it. */
const page = typeof window === 'undefined' ? null : window;
/** How many are open in it. */
let open = 0;

/**
 * A WebSocket that is made of plain requests (protocol: `slow-way.ts`), as far as y-websocket uses one. Each batch is sent until it is
 * answered, and what the server says is asked for from the byte that came last: lost answers lose nothing and repeat nothing.
 */
export class RequestSocket extends EventTarget {
  readonly CONNECTING = 0;
  readonly OPEN = 1;
  readonly CLOSING = 2;
  readonly CLOSED = 3;
  readyState = 0;
  binaryType = 'arraybuffer';
  onopen: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly #url: URL;
  readonly #frames = new ServerFrames();
  readonly #asking = new Set<AbortController>();
  #way = '';
  #waiting: Uint8Array[] = [];
  #isGiving = false;
  #batches = 0;

  constructor(url: string | URL) {
    super();
    this.#url = new URL(url);
    this.#url.protocol = this.#url.protocol.replace('ws', 'http');
    void this.#open();
  }

  send(data: Uint8Array): void {
    if (this.readyState !== this.OPEN) return;
    this.#waiting.push(data.slice());
    if (!this.#isGiving) void this.#give();
  }

  close(): void {
    this.#end(1005, '');
  }

  async #open(): Promise<void> {
    const answer = await this.#post(this.#url, null, ANSWERED_WITHIN);
    if (this.readyState !== this.CONNECTING) return;
    if (answer?.status !== 200 || !isOurs(answer)) return this.#end(1006, '');
    this.#way = await answer.text().catch(() => '');
    if (this.readyState !== this.CONNECTING) return;
    this.readyState = this.OPEN;
    open += 1;
    page?.addEventListener('pagehide', this.#onPageHide);
    this.#tell(new Event('open'));
    await this.#take();
  }

  async #take(): Promise<void> {
    while (this.readyState === this.OPEN) {
      const isAlone = open === 1 && page?.document.visibilityState !== 'hidden';
      const hold = isAlone ? MOST_HELD : 0;
      const answer = await this.#ask({ [TAKE]: String(this.#frames.taken), [HOLD]: String(hold) }, null, hold);
      if (!answer || this.readyState !== this.OPEN) return;
      if (answer.status === 200 && !(await this.#read(answer))) continue;
      if (!isAlone) await wait(Math.min(COMPANY * Math.max(1, open / 3), COMPANY_MOST));
    }
  }

  /** False when the answer broke off: it is asked for again. */
  async #read(answer: Response): Promise<boolean> {
    const bytes = await answer.arrayBuffer().catch(() => null);
    if (!bytes) return false;
    for (const frame of this.#frames.take(new Uint8Array(bytes))) {
      if (this.readyState !== this.OPEN) break;
      if (frame.kind === 'close') this.#end(frame.code, frame.reason);
      else this.#tell(new MessageEvent('message', { data: frame.data }));
    }
    return true;
  }

  async #give(): Promise<void> {
    this.#isGiving = true;
    while (this.#waiting.length > 0 && this.readyState === this.OPEN) {
      const batch = this.#nextBatch();
      this.#batches += 1;
      if (!(await this.#ask({ [GIVE]: String(this.#batches) }, packBatch(batch), MOST_HELD))) break;
    }
    this.#isGiving = false;
  }

  #nextBatch(): Uint8Array[] {
    let bytes = 0;
    let count = 0;
    for (const { length } of this.#waiting) {
      if (count > 0 && (bytes + length > LARGEST_BATCH || count === MOST_FRAMES)) break;
      bytes += length;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  /** Null when it was given up, and the connection with it. `longer`: milliseconds that the server may take. */
  async #ask(what: Record<string, string>, body: BodyInit | null, longer: number): Promise<Response | null> {
    const until = performance.now() + PATIENCE;
    for (let pause = AGAIN; this.readyState === this.OPEN; pause = Math.min(pause * 2, AGAIN_MOST)) {
      const answer = await this.#post(this.#to(what), body, ANSWERED_WITHIN + longer);
      if (answer && isOurs(answer)) {
        if (answer.ok) return answer;
        if (answer.status < 500) break; // it knows us no more
      }
      if (performance.now() > until) break;
      await wait(pause * (0.8 + Math.random() * 0.4));
    }
    this.#end(1006, '');
    return null;
  }

  #to(what: Record<string, string>): URL {
    const url = new URL(this.#url);
    for (const [name, value] of Object.entries({ [WAY]: this.#way, ...what })) url.searchParams.set(name, value);
    return url;
  }

  /** Null when nobody answered in time, or the connection is over. */
  async #post(url: URL, body: BodyInit | null, within: number): Promise<Response | null> {
    const asking = new AbortController();
    this.#asking.add(asking);
    const timer = setTimeout(() => asking.abort(), within);
    const answer = await fetch(url, { method: 'POST', body, signal: asking.signal }).catch(() => null);
    clearTimeout(timer);
    this.#asking.delete(asking);
    return answer;
  }

  #end(code: number, reason: string): void {
    if (this.readyState === this.CLOSED) return;
    if (this.readyState === this.OPEN) {
      open -= 1;
      void fetch(this.#to({ [END]: '' }), { method: 'POST', keepalive: true }).catch(() => undefined);
    }
    this.readyState = this.CLOSED;
    for (const asking of this.#asking) asking.abort();
    page?.removeEventListener('pagehide', this.#onPageHide);
    queueMicrotask(() => this.#tell(new CloseEvent('close', { code, reason })));
  }

  readonly #onPageHide = ({ persisted }: PageTransitionEvent) => {
    if (!persisted) navigator.sendBeacon(this.#to({ [END]: '' }));
  };

  #tell(event: Event): void {
    this.dispatchEvent(event);
    if (event.type === 'open') this.onopen?.(event);
    else if (event.type === 'message') this.onmessage?.(event as MessageEvent);
    else this.onclose?.(event as CloseEvent);
  }
}

const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
