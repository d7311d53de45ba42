import type { IncomingMessage } from 'node:http';
import type { Actor } from '#domain/forum/seat.ts';
import type { ForumId } from '#domain/ids.ts';
import { parseDocumentName, type DocumentName, type DocumentRef } from '#protocol/document-name.ts';
import { CLOSE, SYNC_PROTOCOL_VERSION, encodeHello } from '#protocol/sync.ts';
import type { Admitted } from '#server/auth/passes.ts';
import { guarded } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { DocumentRooms, Lease } from './document-rooms.ts';
import type { Entry } from './entry.ts';
import type { FrameStream } from './frame-writer.ts';
import type { Inbox } from './inbox.ts';
import { MAX_FRAME, Peer, type PeerSocket } from './peer.ts';
import type { Peers } from './peers.ts';
import type { Permissions } from './permissions.ts';
import type { SeatBudgets } from './seat-budgets.ts';
import { ANYTHING, type WriteRules } from './write-rules.ts';

const AUTH_DEADLINE = 5_000; // ms

/** Who may come in, as the server is told. */
export interface AdmissionRules {
  readonly permissions: Permissions;
  /** The seat that a request comes from, in this forum. */
  readonly seatOf: (req: IncomingMessage, forumId: ForumId) => Promise<Admitted | null>;
  readonly originAllowed: (req: IncomingMessage) => boolean;
  /** What a seat may bring into a document that it may write; anything, where nobody says. */
  readonly rules?: (document: DocumentRef, actor: Actor) => WriteRules;
  readonly clock: () => number;
}

interface AdmissionOptions extends AdmissionRules {
  readonly rooms: DocumentRooms;
  readonly inbox: Inbox;
  readonly budgets: SeatBudgets;
  readonly peers: Peers;
  readonly isClosing: () => boolean;
}

/** How an entry becomes a peer: what is asked of whoever wants a document, in which order, and what is let go when it fails. */
export class Admission {
  readonly #options: AdmissionOptions;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** `name`: of the document, as it was asked for. */
  letIn(entry: Entry, name: string): void {
    const deadline = setTimeout(() => entry.refuse(503), AUTH_DEADLINE);
    this.#admit(entry, name)
      .catch((error: unknown) => {
        report('a sync socket was not admitted', error);
        entry.refuse(503);
      })
      .finally(() => clearTimeout(deadline));
  }

  async #admit(entry: Entry, name: string): Promise<void> {
    const { permissions, isClosing } = this.#options;
    if (isClosing()) return entry.refuse(503);
    if (!this.#options.originAllowed(entry.req)) return entry.refuse(403);
    const document = parseDocumentName(name);
    if (!document) return entry.refuse(404);
    const found = await permissions.load(document.ref);
    if (!found) return entry.refuse(404);
    const actor = await this.#options.seatOf(entry.req, found.forumId);
    if (!actor) return entry.refuse(401);
    let isOpen = false;
    try {
      // what one may not see does not exist: the same answer
      if (permissions.access(document.ref, actor) === 'none') return entry.refuse(404);
      isOpen = await this.#enter(entry, document, found.forumId, actor);
    } finally {
      if (!isOpen) actor.pass?.letGo();
    }
  }

  /** False when no socket was opened. */
  async #enter(
    entry: Entry,
    { name, ref }: { readonly name: DocumentName; readonly ref: DocumentRef },
    forum: ForumId,
    actor: Admitted,
  ): Promise<boolean> {
    const lease = await this.#options.rooms.lease(name);
    let isOpen = false;
    if (!entry.isGone && !this.#options.isClosing()) {
      entry.open(
        (opened, stream) => {
          isOpen = true;
          const fail = () => {
            opened.terminate();
            lease.release();
          };
          guarded(
            'a sync socket was not opened',
            () => this.#open(opened, stream, entry.req, lease, ref, actor),
            fail,
          )();
        },
        { name, forum, seat: actor.seatId },
      );
    }
    if (!isOpen) {
      lease.release();
      entry.refuse(503);
    }
    return isOpen;
  }

  #open(
    socket: PeerSocket,
    stream: FrameStream,
    request: IncomingMessage,
    lease: Lease,
    ref: DocumentRef,
    actor: Admitted,
  ): void {
    const { permissions, clock, inbox, budgets, peers } = this.#options;
    const { room } = lease;
    const lineage = new URL(request.url ?? '/', 'http://localhost').searchParams.get('lineage');
    if (lineage !== null && lineage !== room.lineage) {
      lease.release();
      actor.pass?.letGo();
      socket.on('error', () => undefined);
      const hello = { protocol: SYNC_PROTOCOL_VERSION, lineage: room.lineage, readOnly: true, maxFrame: MAX_FRAME };
      socket.send(encodeHello(hello));
      socket.close(CLOSE.lineageChanged, 'another lineage');
      return;
    }
    const rules = this.#options.rules?.(ref, actor) ?? ANYTHING;
    const peer = new Peer({
      socket,
      stream,
      room,
      inbox,
      clock,
      seat: actor.seatId,
      rules,
      budget: budgets.of(actor.seatId, rules.perMinute),
      access: () => (actor.pass?.isOver ? 'none' : permissions.access(ref, actor)),
    });
    peers.add(peer);
    actor.pass?.onOver(() => peer.recheck());
    socket.once('close', () => {
      peers.remove(peer);
      actor.pass?.letGo();
      lease.release();
    });
    peer.open();
  }
}
