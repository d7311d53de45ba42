import { Agent as PlainAgent, request as requestPlain, type IncomingMessage } from 'node:http';
import { Agent as SecureAgent, request as requestSecure } from 'node:https';
import { Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What somebody reaches the server with: all its connections go through one agent, so that what came in can be counted. */
export class Device {
  readonly agent: PlainAgent;
  readonly #isSecure: boolean;
  readonly #sockets: Socket[] = [];

  constructor(origin: string) {
    this.#isSecure = origin.startsWith('https:');
    this.agent = this.#isSecure ? new SecureAgent() : new PlainAgent();
    const connect = this.agent.createConnection.bind(this.agent);
    this.agent.createConnection = (options, callback) => {
      const socket = connect(options, callback);
      if (socket instanceof Socket) this.#sockets.push(socket);
      return socket;
    };
  }

  /** Of everything that the server has sent to it, headers too. */
  get bytes(): number {
    return this.#sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
  }

  /** Rejects when there is no answer. */
  async post(url: string, headers: Readonly<Record<string, string>>, body: unknown): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const request = this.#isSecure ? requestSecure : requestPlain;
    const asked = request(url, {
      method: 'POST',
      agent: this.agent,
      headers: { ...headers, 'content-type': 'application/json' },
    });
    asked.once('response', resolve).once('error', reject).end(JSON.stringify(body));
    const response = await promise;
    return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
  }
}
