import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DocumentName } from '#protocol/document-name.ts';
import { GIVE, HOLD, MOST_HELD, MOST_IN_BATCH, TAKE, END, unpackBatch, WAY } from '#protocol/slow-way.ts';
import { CLOSE } from '#protocol/sync.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { SlowWay } from './slow-way.ts';
import { answer } from './slow-way.ts';

interface Open {
  readonly way: SlowWay;
  readonly document: DocumentName;
  readonly forum: ForumId;
  readonly seat: SeatId;
}

export interface SlowWaysOptions {
  /** The seat that a request comes from now. */
  readonly seatOf: (req: IncomingMessage, forum: ForumId) => Promise<SeatId | null>;
}

/** The ways that are open, and what comes by them: each request has to come from the seat that opened its way. */
export class SlowWays {
  readonly #options: SlowWaysOptions;
  readonly #open = new Map<string, Open>();
  /** Of each way the one request whose batch is awaited. */
  readonly #giving = new Map<SlowWay, IncomingMessage>();

  constructor(options: SlowWaysOptions) {
    this.#options = options;
  }

  add(open: Open, res: ServerResponse): void {
    const id = randomBytes(18).toString('base64url');
    this.#open.set(id, open);
    open.way.once('close', () => this.#open.delete(id));
    answer(res, 200, id);
  }

  async request(req: IncomingMessage, res: ServerResponse, document: string, asked: URLSearchParams): Promise<void> {
    const open = this.#open.get(asked.get(WAY) ?? '');
    if (!open || open.document !== document) return answer(res, 410);
    if ((await this.#options.seatOf(req, open.forum)) !== open.seat) return answer(res, 401);
    const { way } = open;
    if (asked.has(END)) {
      way.terminate();
      answer(res, 204);
    } else if (asked.has(GIVE)) await this.#give(req, res, way, whole(asked.get(GIVE)));
    else if (!way.take(whole(asked.get(TAKE)), asked.has(HOLD) ? whole(asked.get(HOLD)) : MOST_HELD, res))
      this.#wrong(res, way);
  }

  async #give(req: IncomingMessage, res: ServerResponse, way: SlowWay, batch: number): Promise<void> {
    const body = await this.#batchOf(req, way);
    if (body === 'gone') return;
    const expected = way.expects(batch);
    const frames = body === 'tooLarge' ? null : unpackBatch(body);
    if (expected === 'never' || !frames) {
      way.close(body === 'tooLarge' ? CLOSE.tooLarge : CLOSE.malformed, 'not a batch');
      return answer(res, body === 'tooLarge' ? 413 : 400);
    }
    if (expected === 'next') way.give(frames);
    await way.mayGive();
    answer(res, way.destroyed ? 410 : 204);
  }

  /** One at a time, and none is read while the way is paused. Whoever sends again has given the other request up. */
  async #batchOf(req: IncomingMessage, way: SlowWay): Promise<Buffer | 'tooLarge' | 'gone'> {
    this.#giving.get(way)?.destroy();
    this.#giving.set(way, req);
    try {
      await way.mayGive();
      return req.destroyed ? 'gone' : await bodyOf(req);
    } finally {
      if (this.#giving.get(way) === req) this.#giving.delete(way);
    }
  }

  #wrong(res: ServerResponse, way: SlowWay): void {
    way.close(CLOSE.malformed, 'not what was said');
    answer(res, 400);
  }
}

/** Not a number: one that fits nowhere. */
const whole = (text: string | null): number => (text !== null && /^\d{1,15}$/.test(text) ? Number(text) : -1);

/** Nothing is kept beyond what a batch may have. */
function bodyOf(req: IncomingMessage): Promise<Buffer | 'tooLarge' | 'gone'> {
  if (Number(req.headers['content-length']) > MOST_IN_BATCH) {
    req.resume();
    return Promise.resolve('tooLarge');
  }
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    req.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= MOST_IN_BATCH) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve('tooLarge');
      }
    });
    req.once('end', () => resolve(Buffer.concat(chunks)));
    req.once('close', () => resolve('gone'));
  });
}
