import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { report } from '../process/report.ts';
import { setHeaders } from './headers.ts';
import { keepReadableRange } from './range.ts';

const FAILED = 'Something went wrong on the server. Try again in a moment.\n';
const NO_RANGE = 'There is no such part of this file.\n';
const COMPLAINTS: Record<string, readonly [status: string, words: string]> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'The headers of this request are too long.\n'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'This request is too large.\n'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'The request took too long to arrive.\n'],
};
const MALFORMED = ['400 Bad Request', 'This is not a request that can be read.\n'] as const;

/** A request listener out of which nothing comes: what throws or rejects below is answered with 500, and the connection lives on. */
export function answering(handle: (req: IncomingMessage, res: ServerResponse) => unknown): RequestListener {
  return (req, res) => {
    for (const end of [req, res]) end.on('error', () => undefined); // the other side has gone
    const fail = (error: unknown) => {
      report(`a ${req.method} request was not answered`, error);
      if (res.headersSent) res.destroy();
      else refuse(res, 500, FAILED);
    };
    try {
      if (!keepReadableRange(req)) return refuse(res, 416, NO_RANGE);
      const done = handle(req, res);
      if (done instanceof Promise) done.catch(fail).catch((error: unknown) => report('a failure was not told', error));
    } catch (error) {
      fail(error);
    }
  };
}

/**
 * Everything else that comes in by a server's port. Node takes its own listeners off a socket that asks for an upgrade, so from the first
 * line there is one of ours, whichever way it goes: a reset without a listener ends the process. `upgrade` says whether the path was its.
 */
export function receive(
  server: Server,
  upgrade: (req: IncomingMessage, socket: Duplex, head: Buffer) => boolean,
): void {
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy());
    try {
      if (!upgrade(req, socket, head)) turnAway(socket, '404 Not Found');
    } catch (error) {
      report('an upgrade was not answered', error);
      turnAway(socket, '500 Internal Server Error');
    }
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const [status, words] = COMPLAINTS[error.code ?? ''] ?? MALFORMED;
    if (error.code === 'ECONNRESET') socket.destroy();
    else turnAway(socket, status, words);
  });
  // no more files may be opened, say: nobody new comes in until somebody leaves
  server.on('error', (error) => report('a connection was not accepted', error));
}

function refuse(res: ServerResponse, status: number, words: string): void {
  if (res.destroyed) return;
  for (const name of res.getHeaderNames()) res.removeHeader(name);
  setHeaders(res, undefined);
  res.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(words),
    'cache-control': 'no-store',
  });
  res.end(words);
}

/** Ends a connection, with words where no answer has begun. */
export function turnAway(socket: Duplex, status: string, words = ''): void {
  if (socket.destroyed) return;
  // what was begun cannot be taken back: after half an answer a second one would be read as part of it
  const answered = (socket as { _httpMessage?: { headersSent?: boolean } | null })._httpMessage?.headersSent;
  if (!socket.writable || answered) return void socket.destroy();
  const head = ['Connection: close', 'Content-Type: text/plain; charset=utf-8', `Content-Length: ${words.length}`];
  socket.end(`HTTP/1.1 ${status}\r\n${head.join('\r\n')}\r\n\r\n${words}`, () => socket.destroy());
}
