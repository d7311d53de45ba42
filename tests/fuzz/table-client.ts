import * as decoding from 'lib0/decoding';
import type { WebSocket } from 'ws';
import * as Y from 'yjs';
import { Acknowledgements } from '#lib/sync/acknowledgements.ts';
import * as wire from '#protocol/sync.ts';
import type { Link } from './hall-net.ts';

/** What carries a client to the document it has open. */
export type Open = () => { socket: WebSocket; link: Link };

/**
 * A client of the sync protocol as y-websocket behaves (step 1 on opening, step 2 when asked, an update for each local
 * change), with nothing that goes by time: a thousand histories a minute need no timers.
 */
export class TableClient {
  doc: Y.Doc;
  acknowledgements = new Acknowledgements();
  readonly #open: Open;
  #socket: WebSocket | null = null;
  #link: Link | null = null;
  #isSynced = false;
  #closes = 0;

  constructor(clientId: number, open: Open) {
    this.#open = open;
    this.doc = this.#attach(new Y.Doc(), clientId);
  }

  get isSynced(): boolean {
    return this.#isSynced;
  }

  get isOnline(): boolean {
    return this.#socket !== null;
  }

  /** Connections that ended without its own doing. */
  get closes(): number {
    return this.#closes;
  }

  get isSaved(): boolean {
    return this.#isSynced && this.acknowledgements.isSettled && this.acknowledgements.unsaved === 0;
  }

  /** For a complaint. */
  get state(): string {
    const { unsaved, refusal } = this.acknowledgements;
    const way = this.isOnline ? 'online' : 'offline';
    return `${way}, synced ${this.#isSynced}, ${this.#closes} closes, ${unsaved} unsaved, refusal ${refusal}`;
  }

  connect(): void {
    if (this.#socket) return;
    const { socket, link } = this.#open();
    this.#socket = socket;
    this.#link = link;
    this.#isSynced = false;
    socket.on('error', () => undefined);
    socket.on('open', () => {
      if (this.#socket !== socket) return;
      this.acknowledgements.opened();
      this.#send(wire.encodeStep1(Y.encodeStateVector(this.doc)));
    });
    socket.on('message', (data: Buffer) => this.#socket === socket && this.#hear(data));
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#forget();
      this.#closes += 1;
    });
  }

  /** As a network that is gone: nothing is said. */
  disconnect(): void {
    const link = this.#link;
    this.#forget();
    link?.tear();
  }

  say(frame: Uint8Array): void {
    if (this.#socket?.readyState === 1) this.#socket.send(frame);
  }

  hold(direction: 'up' | 'down'): void {
    this.#link?.hold(direction);
  }

  release(): void {
    this.#link?.release('up');
    this.#link?.release('down');
  }

  /** The page is loaded again from the bytes that the browser kept; it writes under another clientID from then on. */
  reload(clientId: number): void {
    this.disconnect();
    const kept = Y.encodeStateAsUpdate(this.doc);
    this.acknowledgements = new Acknowledgements(this.acknowledgements.unsaved);
    this.doc.destroy();
    const doc = new Y.Doc();
    Y.applyUpdate(doc, kept, 'kept');
    this.doc = this.#attach(doc, clientId);
  }

  #attach(doc: Y.Doc, clientId: number): Y.Doc {
    doc.clientID = clientId;
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this) return;
      this.acknowledgements.edited();
      if (this.#socket?.readyState === 1) this.#send(wire.encodeUpdate(update));
    });
    return doc;
  }

  #hear(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data);
    switch (decoding.readVarUint(decoder)) {
      case wire.SYNC: {
        const kind = decoding.readVarUint(decoder);
        const bytes = decoding.readVarUint8Array(decoder);
        if (kind === wire.SYNC_STEP_1) return this.#send(wire.encodeStep2(Y.encodeStateAsUpdate(this.doc, bytes)));
        Y.applyUpdate(this.doc, bytes, this);
        if (kind === wire.SYNC_STEP_2) this.#isSynced = true;
        return;
      }
      case wire.DURABLE:
        this.acknowledgements.durable(wire.readDurable(decoder).frames);
        return;
      case wire.REFUSED: {
        const { frame, code } = wire.readRefused(decoder);
        return this.acknowledgements.refused(frame, code);
      }
    }
  }

  #send(frame: Uint8Array): void {
    this.acknowledgements.sent(frame);
    this.#socket?.send(frame);
  }

  #forget(): void {
    this.#socket = null;
    this.#link = null;
    this.#isSynced = false;
  }
}
