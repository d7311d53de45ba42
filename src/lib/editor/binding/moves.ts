import * as Y from 'yjs';
import { holds, itemOf, type Letters } from './letters.ts';

interface Move {
  readonly from: Letters;
  readonly to: Y.ID;
}

const HOPS = 1_000; // splits and joins that one letter goes through
const MOST = 20_000; // moves that are kept in mind: an evening's splits and joins of one text

/**
 * Where letters went. A paragraph that is split or joined cannot take its letters along in Yjs: they are deleted and written
 * anew. A letter and all its copies are one family; carets, and what is typed behind a letter, follow it to the one that is left.
 */
export class Moves {
  readonly #doc: Y.Doc;
  /** By the client of the copy. */
  readonly #sources = new Map<number, Move[]>();
  /** By the client of the first of the family. */
  readonly #copies = new Map<number, Move[]>();
  #count = 0;

  constructor(doc: Y.Doc) {
    this.#doc = doc;
  }

  add(from: Letters, to: Y.ID): void {
    if (this.#count >= MOST) return;
    listIn(this.#sources, to.client).push({ from: { ...to, length: from.length }, to: idIn(from, 0) });
    for (let index = 0; index < from.length;) {
      const root = this.rootOf(idIn(from, index));
      let length = 1;
      while (index + length < from.length && follows(root, length, this.rootOf(idIn(from, index + length))))
        length += 1;
      listIn(this.#copies, root.client).push({
        from: { ...root, length },
        to: Y.createID(to.client, to.clock + index),
      });
      this.#count += 1;
      index += length;
    }
  }

  rootOf(id: Y.ID): Y.ID {
    return this.#trace(id).root;
  }

  /** Whether somebody wrote letters that are copies. */
  hasCopiesOf(client: number): boolean {
    return this.#sources.has(client);
  }

  /** How often a letter went on until it came to this copy. */
  hopsOf(id: Y.ID): number {
    return this.#trace(id).hops;
  }

  /** Which letter this one was made of; null: somebody typed it. */
  #sourceOf(id: Y.ID): Y.ID | null {
    const move = this.#sources.get(id.client)?.find(({ from }) => holds(from, id.client, id.clock));
    return targetOf(move, id);
  }

  #trace(id: Y.ID): { root: Y.ID; hops: number } {
    let at = id;
    let hops = 0;
    for (; hops < HOPS; hops += 1) {
      const source = this.#sourceOf(at);
      if (!source) break;
      at = source;
    }
    return { root: at, hops };
  }

  /** A letter and all its copies, the latest first. */
  familyOf(id: Y.ID): Y.ID[] {
    const root = this.rootOf(id);
    const copies = this.#copies.get(root.client)?.filter(({ from }) => holds(from, root.client, root.clock)) ?? [];
    return [...copies.reverse().map((move) => targetOf(move, root)!), root];
  }

  /** The one of its family that is left. */
  follow(id: Y.ID): Y.ID {
    if (this.isThere(id)) return id;
    const family = this.familyOf(id);
    return family.find((one) => this.isThere(one)) ?? family[0]!;
  }

  isThere(id: Y.ID): boolean {
    const item = itemOf(this.#doc, id);
    return item !== null && isAlive({ _item: item });
  }

  isCopy = ({ client, clock }: Y.ID): boolean =>
    this.#sources.get(client)?.some(({ from }) => holds(from, client, clock)) ?? false;

  hasMoved = (id: Y.ID): boolean => !Y.compareIDs(this.follow(id), id);
}

export function isAlive({ _item }: { _item: Y.Item | null }): boolean {
  for (let item = _item; item; item = (item.parent as Y.AbstractType<unknown>)._item) if (item.deleted) return false;
  return true;
}

const idIn = ({ client, clock }: Letters, index: number): Y.ID => Y.createID(client, clock + index);

const follows = (root: Y.ID, length: number, next: Y.ID): boolean =>
  next.client === root.client && next.clock === root.clock + length;

function targetOf(move: Move | undefined, { clock }: Y.ID): Y.ID | null {
  return move ? Y.createID(move.to.client, move.to.clock + clock - move.from.clock) : null;
}

function listIn<T>(lists: Map<number, T[]>, client: number): T[] {
  const list = lists.get(client) ?? [];
  lists.set(client, list);
  return list;
}
