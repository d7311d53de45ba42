import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** What stands between a browser and the server, as halls have it. */
export interface Between {
  /** Answers everything in the server's place: a sign-in page, a redirect to one, or a proxy whose server is away. */
  readonly answers?: 'page' | 'redirect' | 'badGateway';
  /** Refuses every WebSocket, or takes it and then says nothing. */
  readonly sockets?: 'refused' | 'stalled';
  /** Cuts off requests for these paths. */
  readonly cuts?: RegExp;
  /** Lets no cookie through, either way. */
  readonly eatsCookies?: boolean;
  /** Of the answers to requests that match in the same words, each second one is lost after the server has given it. */
  readonly losesAnswersTo?: RegExp;
}

const PORTAL = '<!doctype html><title>Hotel Wi-Fi</title><h1>Welcome to our Wi-Fi. Please agree.</h1>';
const WEBSOCKET = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'; // RFC 6455 §1.3

/** An HTTP proxy in front of a server, with a hall's faults that can be put in and taken away. */
export class HallNetwork {
  readonly #server: Server;
  readonly #to: URL;
  readonly #sockets = new Set<Duplex>();
  #between: Between = {};
  readonly #answers = new Map<string, number>();
  /** Requests that came to it, by method and path. */
  readonly seen: string[] = [];

  constructor(origin: string) {
    this.#to = new URL(origin);
    this.#server = createServer((req, res) => this.#answer(req, res));
    this.#server.on('upgrade', (req, socket, head) => this.#upgrade(req, socket, head));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  /** From now on; what was open is cut. */
  become(between: Between): void {
    this.#between = between;
    for (const socket of this.#sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    const stopped = once(this.#server.close(), 'close');
    for (const socket of this.#sockets) socket.destroy();
    await stopped;
  }

  #answer(req: IncomingMessage, res: ServerResponse): void {
    this.seen.push(`${req.method} ${req.url}`);
    const { answers, cuts, eatsCookies, losesAnswersTo } = this.#between;
    if (answers === 'page') return void res.writeHead(200, { 'content-type': 'text/html' }).end(PORTAL);
    if (answers === 'redirect') return void res.writeHead(302, { location: `${this.origin}/hotel` }).end();
    if (answers === 'badGateway') return void res.writeHead(502).end('Bad Gateway');
    if (cuts?.test(req.url ?? '')) return void req.socket.destroy();
    const isLost = losesAnswersTo !== undefined && this.#losesAnswer(losesAnswersTo, `${req.method} ${req.url}`);
    const { hostname, port } = this.#to;
    const headers = { ...req.headers };
    if (eatsCookies) delete headers.cookie;
    const onward = request({ hostname, port, path: req.url, method: req.method, headers }, (answer) => {
      if (eatsCookies) delete answer.headers['set-cookie'];
      if (isLost) {
        answer.resume().on('end', () => req.socket.destroy());
        return;
      }
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.destroy());
    res.on('close', () => onward.destroy());
    req.pipe(onward);
  }

  #losesAnswer(to: RegExp, line: string): boolean {
    const words = to.exec(line)?.[0];
    if (words === undefined) return false;
    const answers = (this.#answers.get(words) ?? 0) + 1;
    this.#answers.set(words, answers);
    return answers % 2 === 0;
  }

  #upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.seen.push(`UPGRADE ${req.url}`);
    socket.on('error', () => socket.destroy());
    const { answers, sockets } = this.#between;
    if (answers || sockets === 'refused') return void socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
    if (sockets === 'stalled') {
      const key = createHash('sha1').update(`${req.headers['sec-websocket-key']}${WEBSOCKET}`).digest('base64');
      const accept = `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${key}`;
      return void socket.write(`HTTP/1.1 101 Switching Protocols\r\n${accept}\r\n\r\n`);
    }
    const onward: Socket = connect(Number(this.#to.port), this.#to.hostname, () => {
      const headers = req.rawHeaders.flatMap((name, at, all) => (at % 2 === 0 ? [`${name}: ${all[at + 1]}`] : []));
      onward.write(`${req.method} ${req.url} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }
}
