import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type * as Y from 'yjs';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { DocumentName, DocumentRef } from '#protocol/document-name.ts';
import { WAY } from '#protocol/slow-way.ts';
import { CLOSE } from '#protocol/sync.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { guarded, tell } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import { NOT_BEGUN, type StoredBytes } from '#server/documents/documents.ts';
import type { DocumentStore } from '#server/storage/ports/documents.ts';
import { Admission, type AdmissionRules } from './admission.ts';
import type { DocumentRoom } from './document-room.ts';
import { DocumentRooms } from './document-rooms.ts';
import { requestEntry, upgradeEntry } from './entry.ts';
import { Inbox } from './inbox.ts';
import { Journal } from './journal.ts';
import type { OwnChange } from './own-edits.ts';
import { MAX_FRAME } from './peer.ts';
import { Peers } from './peers.ts';
import { SeatBudgets } from './seat-budgets.ts';
import { answer, SlowWay } from './slow-way.ts';
import { SlowWays } from './slow-ways.ts';

const PREFIX = '/sync/';
const SILENCE = 15_000; // ms; y-websocket gives a silent server up after 30 s, and forgets a silent person too
const BEAT = 5_000; // ms: whatever is due is done a quarter at a time
const MOST_FRAGMENTS = 64; // of one message
const MOST_CHUNKS = 4_096; // pieces of TCP in which one frame may arrive
const IDLE_AFTER = 30_000; // ms
const COMPACT_ABOVE = 500; // rows
const CLOSING_SPREAD = 2; // ms for each connection, so that they do not all come back in the same instant
const CLOSING_MOST = 1_000; // ms
const FLUSH_MOST = 4_000; // ms to wait for a disk that hangs; what is not stored stays with its author

export interface SyncServerOptions extends AdmissionRules {
  readonly documents: DocumentStore;
  /** `seatOf` for a request of somebody who is in already. */
  readonly stillSeated?: (req: IncomingMessage, forumId: ForumId) => Promise<SeatId | null>;
  /** The roots that documents have; what lies in others goes when a document is compacted. Any, where nobody says. */
  readonly roots?: (document: DocumentRef) => ReadonlySet<string>;
  /** Resolves when storage takes writes (`Storage.check`); asked after a failed commit until it does. */
  readonly check?: () => Promise<void>;
  /** Whether storage has lost the end of this document: then it takes back what browsers still hold of it. */
  readonly isRecovering?: (document: DocumentName) => boolean;
  readonly idleAfter?: number;
  readonly compactAbove?: number;
}

/** `seat`: null for the server's own edits. */
type StoredListener = (document: DocumentName, seq: number, update: ScannedUpdate, seat: SeatId | null) => void;

/** `/sync/<document>`: y-websocket's protocol, with edits on disk before anybody sees them (`src/protocol/SYNC.md`). */
export class SyncServer {
  readonly #options: SyncServerOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME,
    maxFragments: MOST_FRAGMENTS,
    maxBufferedChunks: MOST_CHUNKS,
  });
  readonly #peers = new Peers();
  readonly #inbox = new Inbox();
  readonly #budgets: SeatBudgets;
  readonly #journal: Journal;
  readonly #rooms: DocumentRooms;
  readonly #ways: SlowWays;
  readonly #admission: Admission;
  readonly #beat: NodeJS.Timeout;
  readonly #stopListening: () => void;
  readonly #storedListeners = new Set<StoredListener>();
  #isClosing = false;

  constructor(options: SyncServerOptions) {
    this.#options = options;
    const { documents, clock } = options;
    this.#budgets = new SeatBudgets(clock);
    this.#ways = new SlowWays({ seatOf: options.stillSeated ?? (() => Promise.resolve(null)) });
    this.#journal = new Journal({
      documents,
      clock,
      check: options.check ?? (() => Promise.resolve()),
      refresh: (scopes) => options.permissions.refresh(scopes),
      onRecovered: () => this.#peers.forEach('was not asked again', (peer) => peer.askAgain()),
    });
    this.#rooms = new DocumentRooms({
      documents,
      clock,
      journal: this.#journal,
      guards: (document) => options.permissions.guards(document),
      ...(options.isRecovering && { isRecovering: options.isRecovering }),
      idleAfter: options.idleAfter ?? IDLE_AFTER,
      compactAbove: options.compactAbove ?? COMPACT_ABOVE,
      roots: options.roots ?? (() => null),
      onStored: (...stored) => tell('an update is stored', this.#storedListeners, ...stored),
    });
    this.#admission = new Admission({
      ...options,
      rooms: this.#rooms,
      inbox: this.#inbox,
      budgets: this.#budgets,
      peers: this.#peers,
      isClosing: () => this.#isClosing,
    });
    this.#beat = setInterval(
      guarded('a beat was missed', () => this.#onBeat()),
      BEAT,
    ).unref();
    this.#stopListening = options.permissions.onChange(() =>
      this.#peers.forEach('did not hear of changed rights', (peer) => peer.recheck()),
    );
  }

  /** False while storage does not take writes, or takes far too long. For `/readyz`. */
  get healthy(): boolean {
    return this.#journal.healthy && !this.#isClosing;
  }

  /** Takes an upgrade to `/sync/<document>`. `pathname` is the request's path without its query, not decoded. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer, pathname: string): void {
    socket.on('error', () => socket.destroy());
    this.#admission.letIn(upgradeEntry(this.#sockets, req, socket, head), nameIn(pathname));
  }

  /** Whether a path is one that requests without an upgrade may go to as well. */
  handles(pathname: string): boolean {
    return pathname.startsWith(PREFIX);
  }

  /** Takes a request to `/sync/<document>`: over plain requests, where the network lets no WebSocket through. `enter`: has a place for one more. */
  request(req: IncomingMessage, res: ServerResponse, pathname: string, enter: (way: SlowWay) => boolean): void {
    if (req.method !== 'POST') return answer(res, 405);
    if (!this.#options.originAllowed(req)) return answer(res, 403);
    const asked = new URL(req.url ?? '/', 'http://localhost').searchParams;
    if (asked.has(WAY)) {
      const answered = this.#ways.request(req, res, nameIn(pathname), asked);
      answered.catch((error: unknown) => {
        report('a request of a slow way was not answered', error);
        answer(res, 503);
      });
      return;
    }
    req.resume();
    const way = new SlowWay();
    if (!enter(way)) return;
    let isOpen = false;
    res.once('close', () => isOpen || way.destroy());
    this.#admission.letIn(
      requestEntry(req, res, (opened, { name, forum, seat }) => {
        isOpen = true;
        this.#ways.add({ way, document: name, forum, seat }, res);
        opened(way, way);
      }),
      nameIn(pathname),
    );
  }

  /** A copy of the document as it is stored now. */
  async read(name: DocumentName): Promise<Y.Doc> {
    const lease = await this.#rooms.lease(name);
    try {
      return lease.room.contents.copy();
    } finally {
      lease.release();
    }
  }

  /** The document as it is stored now, without building it. */
  async stored(name: DocumentName): Promise<StoredBytes> {
    if (!this.#rooms.peek(name) && !(await this.#options.documents.has(name))) return NOT_BEGUN;
    const lease = await this.#rooms.lease(name);
    const { room } = lease;
    lease.release();
    return { lineage: room.lineage, seq: room.seq, bytes: () => room.contents.whole() };
  }

  /**
   * The server's own edit, stored and shown like anybody's. `seat` is on whose behalf. Its place in the log; null when it changed
   * nothing. Rejects when it was not stored.
   */
  async edit(name: DocumentName, seat: SeatId | null, change: OwnChange): Promise<number | null> {
    const lease = await this.#rooms.lease(name);
    try {
      return await lease.room.edit(seat, change);
    } finally {
      lease.release();
    }
  }

  /** Called with every update that was stored, after it was shown. Returns how to stop. */
  onStored(listener: StoredListener): () => void {
    this.#storedListeners.add(listener);
    return () => this.#storedListeners.delete(listener);
  }

  /** Sends everybody away from documents whose time is over for good, and lets go of them once nothing of theirs is on its way. */
  async end(isOver: (document: DocumentName) => boolean): Promise<void> {
    this.#peers.forEach('was not sent away', (peer) => {
      if (isOver(peer.room.name)) peer.close(CLOSE.notAllowed, 'the document is over');
    });
    await Promise.race([this.#journal.idle(), sleep(FLUSH_MOST)]);
    await this.#rooms.drop(isOver);
  }

  /** Seats that have the document open. */
  people(name: DocumentName): SeatId[] {
    return [...new Set([...(this.#rooms.peek(name)?.members ?? [])].map(({ seat }) => seat))];
  }

  /** Gauges for `/metrics`, by name. */
  stats(): Record<string, number> {
    const frames = this.#peers.counts;
    const { commits, rows, failures, stalls, overtaken, queued, queuedBytes } = this.#journal.stats;
    return {
      sync_documents: this.#rooms.loaded().length,
      sync_connections: this.#peers.size,
      sync_frames_taken: frames.taken,
      sync_frames_refused: frames.refused,
      sync_commits: commits,
      sync_commits_failed: failures,
      sync_commits_stalled: stalls,
      sync_commits_overtaken: overtaken,
      sync_rows_stored: rows,
      sync_rows_waiting: queued,
      sync_bytes_waiting: queuedBytes,
    };
  }

  /** Takes nothing any more; resolves when what was taken is stored or refused. */
  async keep(): Promise<void> {
    this.#isClosing = true;
    this.#inbox.flush();
    await this.#journal.close();
  }

  /** Sends everybody away to come back, stores what still arrives, and lets go of everything. */
  async close(): Promise<void> {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#stopListening();
    clearInterval(this.#beat);
    this.#inbox.flush();
    const peers = [...this.#peers];
    const spread = Math.min(peers.length * CLOSING_SPREAD, CLOSING_MOST);
    await Promise.race([this.#journal.idle(), sleep(FLUSH_MOST)]);
    await Promise.all(
      peers.map(async (peer) => {
        await sleep(Math.random() * spread);
        peer.close(CLOSE.restarting, 'the server restarts');
      }),
    );
    await Promise.race([this.#journal.close(), sleep(FLUSH_MOST)]);
    await sleep(Math.min(spread, 200)); // for the close frames to leave
    for (const peer of this.#peers) peer.terminate();
    await this.#rooms.close();
  }

  #onBeat(): void {
    const renew = guarded('presence was not renewed', (room: DocumentRoom) => room.renewPresence(SILENCE));
    for (const room of this.#rooms.loaded()) renew(room);
    this.#peers.forEach('was not kept alive', (peer) => peer.beat(SILENCE));
    this.#rooms.compactLong();
    this.#budgets.forget(this.#peers.seats);
  }
}

/** What a path asks for; the empty name is no document's. */
const nameIn = (pathname: string): string => (pathname.startsWith(PREFIX) ? pathname.slice(PREFIX.length) : '');

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
