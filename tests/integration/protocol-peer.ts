import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';

const SYNC = 0;
const AWARENESS = 1;

/** What anybody would write who has read y-protocols and nothing of ours: no library of the connection's, no types of ours. */
export class ProtocolPeer {
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  readonly #socket: WebSocket;

  constructor(url: string, headers: Record<string, string>) {
    this.#socket = new WebSocket(url, { headers });
    this.#socket.on('error', () => undefined);
    this.#socket.on('open', () => {
      this.#send(SYNC, (encoder) => writeSyncStep1(encoder, this.doc));
      this.#tell([this.doc.clientID]);
    });
    this.#socket.on('message', (data: Buffer) => this.#hear(new Uint8Array(data)));
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#send(SYNC, (encoder) => writeUpdate(encoder, update));
    });
    this.awareness.on('update', ({ added, updated, removed }: Record<string, number[]>, origin: unknown) => {
      if (origin !== this) this.#tell([...added!, ...updated!, ...removed!]);
    });
  }

  close(): void {
    this.awareness.destroy();
    this.#socket.terminate();
    this.doc.destroy();
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    const type = decoding.readVarUint(decoder);
    if (type === AWARENESS) applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this);
    if (type !== SYNC) return;
    const answer = encoding.createEncoder();
    encoding.writeVarUint(answer, SYNC);
    readSyncMessage(decoder, answer, this.doc, this);
    if (encoding.length(answer) > 1) this.#socket.send(encoding.toUint8Array(answer));
  }

  #tell(clients: number[]): void {
    this.#send(AWARENESS, (encoder) =>
      encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(this.awareness, clients)),
    );
  }

  #send(type: number, write: (encoder: encoding.Encoder) => void): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, type);
    write(encoder);
    this.#socket.send(encoding.toUint8Array(encoder));
  }
}
