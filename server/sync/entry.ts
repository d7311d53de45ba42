import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import type { FrameStream } from './frame-writer.ts';
import type { PeerSocket } from './peer.ts';
import { answer } from './slow-way.ts';

export type Refused = 401 | 403 | 404 | 503;

type Opened = (socket: PeerSocket, stream: FrameStream) => void;

/** Who is let in, and to what. */
export interface By {
  readonly name: DocumentName;
  readonly forum: ForumId;
  readonly seat: SeatId;
}

/** Somebody who wants to come in, by whichever way. */
export interface Entry {
  readonly req: IncomingMessage;
  readonly isGone: boolean;
  /** Once; nothing else is answered after it. */
  refuse(status: Refused): void;
  /** Calls back before it returns, or not at all. */
  open(opened: Opened, by: By): void;
}

const REASONS: Record<Refused, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};

/** By an upgrade to a WebSocket. */
export function upgradeEntry(sockets: WebSocketServer, req: IncomingMessage, stream: Duplex, head: Buffer): Entry {
  return {
    req,
    get isGone() {
      return stream.destroyed || !stream.writable;
    },
    refuse(status) {
      if (this.isGone) return;
      stream.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () =>
        stream.destroy(),
      );
    },
    open: (opened) => sockets.handleUpgrade(req, stream, head, (socket) => opened(socket, stream)),
  };
}

/** By a request that is answered at once. */
export function requestEntry(req: IncomingMessage, res: ServerResponse, open: Entry['open']): Entry {
  return {
    req,
    get isGone() {
      return res.destroyed || res.writableEnded;
    },
    refuse: (status) => answer(res, status, `${REASONS[status]}\n`),
    open,
  };
}
