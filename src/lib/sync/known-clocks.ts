import * as Y from 'yjs';

/**
 * What the server is known to have on its disk of a document, as Yjs counts it: by who wrote, up to where. Counting frames says
 * when words are saved; this says that no words went by uncounted.
 */
export class KnownClocks {
  readonly #clocks = new Map<number, number>();
  #isTold = false;

  /** The server has said itself what it has. Before that nothing is known, which is not the same as nothing. */
  get isTold(): boolean {
    return this.#isTold;
  }

  /** A state vector that the server sent. */
  told(stateVector: Uint8Array): void {
    this.#isTold = true;
    this.#reached(Y.decodeStateVector(stateVector));
  }

  /** An update that the server sent, or has acknowledged. */
  has(update: Uint8Array): void {
    try {
      this.#reached(Y.parseUpdateMeta(update).to);
    } catch {
      // what cannot be read is not known to be there
    }
  }

  /** Nothing was written in the document that the server is not known to have; deletions leave no trace here. */
  cover(doc: Y.Doc): boolean {
    for (const [client, structs] of doc.store.clients) {
      const last = structs.at(-1);
      if (last && last.id.clock + last.length > (this.#clocks.get(client) ?? 0)) return false;
    }
    return doc.store.pendingStructs === null;
  }

  /** The document has everything that the server is known to have. */
  areIn(doc: Y.Doc): boolean {
    const here = Y.decodeStateVector(Y.encodeStateVector(doc));
    return [...this.#clocks].every(([client, clock]) => (here.get(client) ?? 0) >= clock);
  }

  encoded(): Uint8Array | null {
    return this.#isTold ? Y.encodeStateVector(this.#clocks) : null;
  }

  #reached(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) {
      if (clock > (this.#clocks.get(client) ?? 0)) this.#clocks.set(client, clock);
    }
  }
}
