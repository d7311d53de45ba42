import * as Y from 'yjs';
import type { Forum } from '#domain/forum/forum.ts';
import type { RoomId, SeatId } from '#domain/ids.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { undoInPlace } from '#lib/editor/undo-in-place.ts';
import { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import { readBoard } from '#protocol/board/read.ts';
import { documentName } from '#protocol/document-name.ts';
import { OUTCOME_PARTS, outcomeFragment, readOutcomeDraft, type OutcomePart } from '#protocol/outcome-doc.ts';

/** Often enough to read along; rarely enough for thirty boards on a laptop. */
const ASSEMBLE_EVERY = 250; // ms

interface Sources {
  /** Read anew each time: its settings may change while people write. */
  readonly forum: () => Forum;
  readonly rooms: readonly { readonly id: RoomId; readonly name: string }[];
  readonly seat: SeatId;
}

/** The outcome as it grows: reads along on every room's board, and writes preamble, closing and notes. Made in the browser only. */
export class OutcomeSession {
  readonly #forum: () => Forum;
  readonly #draft: DocumentConnection;
  readonly #boards: readonly { room: { id: RoomId; name: string }; connection: DocumentConnection }[];
  readonly #undoManager = $derived.by(() => {
    const doc = this.#draft.doc;
    return undoInPlace(new Y.UndoManager(OUTCOME_PARTS.map((part) => outcomeFragment(doc, part))));
  });
  #document = $state.raw<Omit<OutcomeDocument, 'participants'> | null>(null);

  constructor({ forum, rooms, seat }: Sources) {
    this.#forum = forum;
    this.#draft = new DocumentConnection({ document: documentName({ kind: 'outcome', forum: forum().id }), seat });
    this.#boards = rooms.map((room) => ({
      room,
      connection: new DocumentConnection({ document: documentName({ kind: 'board', room: room.id }), seat }),
    }));
  }

  /** The document without its list of people, which only the server knows. Null until every board is there. */
  get document(): Omit<OutcomeDocument, 'participants'> | null {
    return this.#document;
  }
  /** Connection of what is written on this page itself. */
  get draft(): DocumentConnection {
    return this.#draft;
  }
  get undoManager(): Y.UndoManager {
    return this.#undoManager;
  }
  /** Seats that stand in an item of some board now. */
  get writing(): number {
    const seats = this.#boards.flatMap(({ connection }) =>
      connection.presence.others.flatMap(({ seat, item }) => (item === null ? [] : [seat])),
    );
    return seats.filter((seat, index) => seats.indexOf(seat) === index).length;
  }
  /** Everything that the document is made of comes in live. */
  get isLive(): boolean {
    return this.#connections.every(({ status }) => status === 'online');
  }

  fragment(part: OutcomePart): Y.XmlFragment {
    return outcomeFragment(this.#draft.doc, part);
  }

  connect(): void {
    for (const connection of this.#connections) connection.connect();
  }

  destroy(): void {
    for (const connection of this.#connections) connection.destroy();
  }

  /** Assembles anew when a text changes. For one `$effect`: it also runs again when a document is replaced. */
  follow(): () => void {
    const forum = this.#forum();
    const docs = this.#connections.map(({ doc }) => doc);
    const isReady = this.#connections.every(({ ready }) => ready);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const assemble = () => {
      timer = undefined;
      this.#document = this.#assemble(forum);
    };
    const soon = () => {
      if (isReady) timer ??= setTimeout(assemble, ASSEMBLE_EVERY);
    };
    for (const doc of docs) doc.on('update', soon);
    soon();
    return () => {
      clearTimeout(timer);
      for (const doc of docs) doc.off('update', soon);
    };
  }

  get #connections(): DocumentConnection[] {
    return [this.#draft, ...this.#boards.map(({ connection }) => connection)];
  }

  #assemble(forum: Forum): Omit<OutcomeDocument, 'participants'> {
    const { participants: _, ...document } = assembleOutcome({
      forum,
      boards: this.#boards.map(({ room, connection }) => ({ room, board: readBoard(connection.doc) })),
      draft: readOutcomeDraft(this.#draft.doc, forum.language),
      people: [],
    });
    return document;
  }
}
