import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { Access } from '#domain/permissions/access.ts';
import type { DocumentName, DocumentRef } from '#protocol/document-name.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { EpochGuard } from '#server/storage/ports/access.ts';
import type { DocumentAppend, DocumentStore } from '#server/storage/ports/documents.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import type { Permissions } from '#server/sync/permissions.ts';
import { SyncServer, type SyncServerOptions } from '#server/sync/sync-server.ts';
import { SyncClient } from './sync-client.ts';

export const FORUM = 'forum0000' as ForumId;
export const BOARD = 'board/room00001' as DocumentName;

/** Real storage whose commits can be held back or made to fail. */
export class GatedDocuments implements DocumentStore {
  readonly #real: DocumentStore;
  #gate: Promise<void> = Promise.resolve();
  #fault: string | null = null;
  #failAfterCommit = false;
  appends = 0;
  reads = 0;

  constructor(real: DocumentStore) {
    this.#real = real;
  }

  /** Holds every commit until the returned function is called. */
  hold(): () => void {
    let open = () => {};
    this.#gate = new Promise((resolve) => (open = resolve));
    return open;
  }

  fail(reason: string | null, { afterCommit = false } = {}): void {
    this.#fault = reason;
    this.#failAfterCommit = afterCommit;
  }

  async append(rows: readonly DocumentAppend[], also: Parameters<DocumentStore['append']>[1] = {}): Promise<void> {
    this.appends += 1;
    await this.#gate;
    if (this.#fault && !this.#failAfterCommit) throw new StorageError(this.#fault);
    await this.#real.append(rows, also);
    if (this.#fault) throw new StorageError(this.#fault);
  }

  check(): Promise<void> {
    return this.#fault ? Promise.reject(new StorageError(this.#fault)) : Promise.resolve();
  }

  read(document: DocumentName) {
    this.reads += 1;
    return this.#real.read(document);
  }
  has(document: DocumentName) {
    return this.#real.has(document);
  }
  begun(documents: readonly DocumentName[]) {
    return this.#real.begun(documents);
  }
  compact(...snapshot: Parameters<DocumentStore['compact']>) {
    return this.#real.compact(...snapshot);
  }
  history(document: DocumentName) {
    return this.#real.history(document);
  }
  version(document: DocumentName, seq: number) {
    return this.#real.version(document, seq);
  }
  keepVersion(...version: Parameters<DocumentStore['keepVersion']>) {
    return this.#real.keepVersion(...version);
  }
  dropVersion(document: DocumentName, seq: number) {
    return this.#real.dropVersion(document, seq);
  }
  renewLineage(document: DocumentName) {
    return this.#real.renewLineage(document);
  }
  names() {
    return this.#real.names();
  }
}

/** A table of seats: who is not in it may nothing. */
export class TablePermissions implements Permissions {
  readonly #access = new Map<string, Access>();
  readonly #listeners = new Set<() => void>();
  readonly fallback: Access;

  constructor(fallback: Access = 'write') {
    this.fallback = fallback;
  }

  set(seat: string, access: Access): void {
    this.#access.set(seat, access);
    for (const listener of this.#listeners) listener();
  }

  load(ref: DocumentRef): Promise<{ forumId: ForumId } | null> {
    return Promise.resolve(ref.kind === 'draft' ? null : { forumId: FORUM });
  }

  access(_ref: DocumentRef, { seatId }: { seatId: SeatId }): Access {
    return this.#access.get(seatId) ?? this.fallback;
  }

  guards(): readonly EpochGuard[] {
    return [];
  }

  refresh(): Promise<void> {
    return Promise.resolve();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** A sync server over real HTTP and a real database. A request's seat is its `seat` query parameter or cookie. */
export class SyncRig {
  readonly documents: GatedDocuments;
  readonly permissions = new TablePermissions();
  readonly sync: SyncServer;
  readonly #storage: Storage;
  readonly #server = createServer({ keepAliveTimeout: 0 }); // on a busy machine a request may meet the end of a kept connection
  readonly #dataDir: string;
  readonly #clients = new Set<SyncClient>();
  readonly #sockets = new Set<Duplex>();
  #isReachable = true;

  static async start(options: Partial<SyncServerOptions> = {}): Promise<SyncRig> {
    const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-sync-'));
    const rig = new SyncRig(await openStorage({ dataDir, databaseUrl: undefined }), dataDir, options);
    await new Promise<void>((resolve) => rig.#server.listen(0, '127.0.0.1', resolve));
    return rig;
  }

  private constructor(storage: Storage, dataDir: string, options: Partial<SyncServerOptions>) {
    this.#storage = storage;
    this.#dataDir = dataDir;
    this.documents = new GatedDocuments(storage.documents);
    this.sync = new SyncServer({
      documents: this.documents,
      permissions: this.permissions,
      seatOf: (req) => Promise.resolve(seatOf(req)),
      stillSeated: (req) => Promise.resolve(seatOf(req)?.seatId ?? null),
      originAllowed: ({ headers }) => headers.origin === undefined,
      clock: Date.now,
      check: () => this.documents.check(),
      ...options,
    });
    this.#server.on('upgrade', (req, socket, head) => {
      if (!this.#isReachable) return void socket.destroy();
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      this.sync.upgrade(req, socket, head, (req.url ?? '/').split('?', 1)[0] ?? '/');
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/sync`;
  }

  get storage(): Storage {
    return this.#storage;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get dataDir(): string {
    return this.#dataDir;
  }

  serve(pages: RequestListener): void {
    this.#server.on('request', pages);
  }

  /** Whether web sockets get through; those that are open are torn. */
  set isReachable(isReachable: boolean) {
    this.#isReachable = isReachable;
    if (!isReachable) for (const socket of this.#sockets) socket.destroy();
  }

  client(seat: string, options: { lineage?: string; sockets?: typeof WebSocket; url?: string } = {}): SyncClient {
    const client = new SyncClient(options.url ?? this.url, seat, { document: BOARD, ...options });
    this.#clients.add(client);
    return client;
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.sync.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#storage.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }
}

/** The endpoint alone, for a process of its own: open to whoever names a seat. */
export const syncOf = (storage: Storage, more: Partial<SyncServerOptions> = {}): SyncServer =>
  new SyncServer({
    documents: storage.documents,
    permissions: new TablePermissions(),
    seatOf: (req, forum) => Promise.resolve(forum === FORUM ? seatOf(req) : null),
    originAllowed: () => true,
    clock: Date.now,
    check: () => storage.check(),
    ...more,
  });

/** Waits for a condition, never for a time. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  patience = 300_000, // ms: a machine may be slow, or have other work
): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function seatOf(req: IncomingMessage): { seatId: SeatId; role: 'participant' } | null {
  const cookie = /(?:^|; )seat=(\w+)/.exec(req.headers.cookie ?? '')?.[1];
  const seat = new URL(req.url ?? '/', 'http://rig').searchParams.get('seat') ?? cookie;
  return seat ? { seatId: seat as SeatId, role: 'participant' } : null;
}
