import { WebSocket } from 'ws';
import type { Way } from './orders.ts';

const BEGAN = /"began":(\d+)/;
const ANSWERED_WITHIN = 20_000; // ms

/** The least that a client of socket.io does, or of a bare websocket: answers pings, counts bytes, and notes when a step was heard of. */
export class Phone {
  readonly #socket: WebSocket;
  readonly #isBare: boolean;
  readonly #waiting = new Map<number, (answer: unknown) => void>();
  #asked = 0;
  bytes = 0;
  /** Messages, of whatever kind. */
  messages = 0;
  /** When a message came first that names a step by the version with which it began. */
  readonly heard = new Map<number, number>();
  #told!: () => void;
  /** Resolves with the first message that is no handshake. */
  readonly told = new Promise<void>((resolve) => (this.#told = resolve));

  constructor({ url, headers }: Way) {
    this.#isBare = !url.includes('EIO=');
    this.#socket = new WebSocket(url, { headers, perMessageDeflate: false });
    this.#socket.on('message', (data: Buffer) => this.#receive(data, performance.now()));
    this.#socket.on('error', () => undefined); // counted as not told
    if (this.#isBare) this.#socket.once('open', () => this.#told());
  }

  leave(): void {
    this.#socket.terminate();
  }

  ask(command: unknown): Promise<unknown> {
    const id = (this.#asked += 1);
    const message = { id: `bench${id}${Math.random().toString(36).slice(2)}`, command };
    if (this.#isBare) {
      this.#socket.send(JSON.stringify(command));
      return Promise.resolve({ ok: true });
    }
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('a command was not answered')), ANSWERED_WITHIN);
      this.#waiting.set(id, (answer) => {
        clearTimeout(late);
        resolve(answer);
      });
      this.#socket.send(`42${id}${JSON.stringify(['command', message])}`);
    });
  }

  #receive(data: Buffer, now: number): void {
    this.messages += 1;
    this.bytes += data.length + (data.length < 126 ? 2 : data.length < 65_536 ? 4 : 10);
    const text = data.toString();
    if (this.#isBare) return this.#hear(text, now);
    if (text === '2') this.#socket.send('3');
    else if (text.startsWith('0')) this.#socket.send('40');
    else if (text.startsWith('42')) {
      this.#told();
      this.#hear(text, now);
    } else if (text.startsWith('43')) {
      const [, id = '', answers = '[]'] = /^43(\d+)(.*)$/s.exec(text) ?? [];
      const waiting = this.#waiting.get(Number(id));
      this.#waiting.delete(Number(id));
      waiting?.((JSON.parse(answers) as unknown[])[0]);
    }
  }

  #hear(text: string, now: number): void {
    const began = Number(BEGAN.exec(text)?.[1] ?? NaN);
    if (!Number.isNaN(began) && !this.heard.has(began)) this.heard.set(began, now);
  }
}
