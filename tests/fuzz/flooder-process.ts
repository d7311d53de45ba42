import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import * as wire from '#protocol/sync.ts';
import { presenceOf } from '../integration/attack-frames.ts';
import { clientFrame } from './ws-parts.ts';

/** One participant who does nothing but send frames of one kind over a few sockets, as fast as the server reads, until it is killed. */
const [address = '', path = '', kind = ''] = process.argv.slice(2);
const { hostname, port } = new URL(address);
const SOCKETS = 5;
const BINARY = { fin: true, rsv1: false, opcode: 2 };
const AT_ONCE = 500; // frames in one write

const doc = new Y.Doc();
let count = 0;
const message = (): Uint8Array => {
  count += 1;
  switch (kind) {
    case 'who is here':
      return Uint8Array.of(wire.QUERY_AWARENESS);
    case 'step 1':
      return wire.encodeStep1(Uint8Array.of(0));
    case 'step 1 of odd clocks': {
      const encoder = encoding.createEncoder();
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, count);
      encoding.writeVarUint(encoder, 1);
      return wire.encodeStep1(encoding.toUint8Array(encoder));
    }
    case 'step 2 that is known':
      return wire.encodeStep2(Uint8Array.of(0, 0));
    case 'changes': {
      const before = Y.encodeStateVector(doc);
      doc.getMap('items').set(`k${count % 50}`, count);
      return wire.encodeUpdate(Y.encodeStateAsUpdate(doc, before));
    }
    case 'large changes': {
      const other = new Y.Doc();
      other.getMap('items').set(`k${count % 50}`, 'x'.repeat(20_000));
      return wire.encodeUpdate(Y.encodeStateAsUpdate(other));
    }
    case 'presence':
      return wire.encodeAwareness(presenceOf([{ client: 9, clock: count, state: { item: `i${count % 7}` } }]));
    case 'an unknown kind':
      return Uint8Array.of(99, 1);
    case 'nothing':
      return new Uint8Array();
    default:
      return Uint8Array.of(1);
  }
};

const HEADERS: Record<string, typeof BINARY> = {
  text: { ...BINARY, opcode: 1 },
  pings: { ...BINARY, opcode: 9 },
  pongs: { ...BINARY, opcode: 10 },
};

function flood(): void {
  const socket = connect(Number(port), hostname);
  let isOpen = false;
  const pour = () => {
    if (!isOpen || socket.destroyed) return;
    const frames = Array.from({ length: kind === 'large changes' ? 10 : AT_ONCE }, () =>
      clientFrame(message(), HEADERS[kind] ?? BINARY),
    );
    if (socket.write(Buffer.concat(frames))) setImmediate(pour);
  };
  socket.on('error', () => undefined);
  socket.on('drain', pour);
  socket.on('data', () => {
    if (isOpen) return;
    isOpen = true;
    process.send?.('flooding');
    pour();
  });
  socket.on('close', () => setTimeout(flood, 200));
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: hall\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
}

for (let index = 0; index < SOCKETS; index += 1) flood();
process.on('disconnect', () => process.exit(0));
