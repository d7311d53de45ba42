import type { Board } from '#domain/board/board.ts';
import { readBoard } from '#protocol/board/read.ts';
import { BoardVisit } from '../control/board-visit.svelte.ts';

const READ_EVERY = 500; // ms; a room that writes while it reports is read no faster

/** A board that is read along: nobody at it sees who reads. */
export class ReadAlong {
  readonly #visit: BoardVisit;
  #board = $state.raw<Board | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(document: string) {
    this.#visit = new BoardVisit(document, { isSeen: false });
    this.#visit.doc.on('update', () => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#board = readBoard(this.#visit.doc);
      }, READ_EVERY);
    });
  }

  /** Null: it has not come yet. */
  get board(): Board | null {
    return this.#visit.isRead ? (this.#board ?? { themes: [], loose: [] }) : null;
  }

  destroy(): void {
    clearTimeout(this.#timer);
    this.#visit.destroy();
  }
}
