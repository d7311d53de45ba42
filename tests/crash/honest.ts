import { request } from 'node:http';
import { io, type Socket } from 'socket.io-client';
import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId, ThemeId, WorkshopId } from '#domain/ids.ts';
import { addTheme } from '#protocol/board/edit.ts';
import type { DownEvents } from '#protocol/live/down.ts';
import type { UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import type { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';

const WRITER = { seat: 'honest000001' as SeatId, at: 1, origin: null };
const newThemeId = () => `theme${Math.random().toString(36).slice(2).padEnd(12, '0')}` as ThemeId;
const PAUSE = 40; // ms between two deeds of one kind: somebody in a hurry
const SLOW = Number(process.env.SLOW ?? 1_000); // ms
/** Somebody in another place than the attackers: limits by address are theirs. */
const FROM = process.platform === 'linux' ? '127.0.0.2' : undefined;

export interface Tally {
  answers: number;
  slow: number;
  longest: number;
  wrong: string[];
}

interface Seated {
  readonly origin: string;
  readonly cookie: string;
  readonly forum: Forum;
  readonly workshop: WorkshopId;
  readonly board: SyncClient;
}

/** Joins, loads pages, writes and commands without a pause until told to stop; every answer is timed. */
export class HonestClient {
  readonly #seated: Seated;
  readonly #live: Socket<DownEvents, UpEvents>;
  readonly tallies: Record<'page' | 'join' | 'edit' | 'command', Tally> = {
    page: { answers: 0, slow: 0, longest: 0, wrong: [] },
    join: { answers: 0, slow: 0, longest: 0, wrong: [] },
    edit: { answers: 0, slow: 0, longest: 0, wrong: [] },
    command: { answers: 0, slow: 0, longest: 0, wrong: [] },
  };
  /** Times that a connection of an honest person was lost. */
  lost = 0;
  #isStopping = false;
  #running: Promise<unknown>[] = [];

  constructor(seated: Seated) {
    this.#seated = seated;
    const { origin, cookie, workshop, board } = seated;
    this.#live = io(origin, {
      path: LIVE_PATH,
      addTrailingSlash: false,
      transports: ['websocket'],
      extraHeaders: { cookie, origin },
      query: { workshop, v: String(LIVE_PROTOCOL_VERSION) },
      forceNew: true,
    });
    this.#live.on('disconnect', () => (this.lost += this.#isStopping ? 0 : 1));
    board.provider.on('connection-close', () => (this.lost += this.#isStopping ? 0 : 1));
  }

  async start(): Promise<void> {
    await until(() => this.#live.connected && this.#seated.board.provider.synced, 'the honest one is seated');
    const { forum, workshop } = this.#seated;
    const pages = ['/', `/forums/${forum.slug}/workshops/${workshop}`, `/join/${forum.joinCode}`, '/readyz'];
    let turn = 0;
    this.#running = [
      this.#goOn('page', async () => {
        const path = pages[turn++ % pages.length]!;
        const status = await this.#ask('GET', path);
        return status === 200 ? null : `${path} ${status}`;
      }),
      this.#goOn('edit', async () => {
        const { board } = this.#seated;
        const title = `Idea ${this.tallies.edit.answers}`;
        addTheme(board.doc, { id: newThemeId(), title: { text: title, lang: 'en' } }, WRITER);
        await until(() => board.isSaved, 'the edit is saved', 10 * SLOW);
        return null;
      }),
      this.#goOn('command', async () => {
        const message = { id: `honest${Date.now()}${turn++}`, command: { kind: 'takeSeat' } };
        const answer = await this.#live.timeout(10 * SLOW).emitWithAck('command', message as never);
        // more than four commands a second are refused, which is an answer
        return 'ok' in answer || answer.refused.kind === 'tooManyTries' ? null : JSON.stringify(answer);
      }),
    ];
    await this.#once('join', () => this.join('First'));
  }

  /** Somebody new comes in by the code. */
  async join(name: string): Promise<string | null> {
    const body = JSON.stringify({ code: this.#seated.forum.joinCode, name, language: 'en' });
    const status = await this.#ask('POST', '/api/join', body, '');
    return status === 200 || status === 201 ? null : `join ${status}`;
  }

  async stop(): Promise<void> {
    await this.#once('join', () => this.join('Last'));
    this.#isStopping = true;
    await Promise.all(this.#running);
    this.#live.disconnect();
    this.#seated.board.destroy();
  }

  async #goOn(kind: keyof HonestClient['tallies'], deed: () => Promise<string | null>): Promise<void> {
    while (!this.#isStopping) {
      await this.#once(kind, deed);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }

  async #once(kind: keyof HonestClient['tallies'], deed: () => Promise<string | null>): Promise<void> {
    const tally = this.tallies[kind];
    const before = performance.now();
    const wrong = await deed().catch((error: unknown) => String(error));
    const took = performance.now() - before;
    tally.answers += 1;
    tally.longest = Math.max(tally.longest, Math.round(took));
    if (took > SLOW) tally.slow += 1;
    if (wrong !== null) tally.wrong.push(wrong);
  }

  #ask(method: string, path: string, body?: string, cookie = this.#seated.cookie): Promise<number> {
    const { origin } = this.#seated;
    const headers = {
      origin,
      cookie,
      ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const url = new URL(path, origin.replace('localhost', '127.0.0.1'));
      const asked = request(
        url,
        { method, agent: false, localAddress: FROM, headers: { ...headers, host: new URL(origin).host } },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode ?? 0));
          answer.once('error', reject);
        },
      );
      asked.once('error', reject);
      asked.end(body);
    });
  }
}
