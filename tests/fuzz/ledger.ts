import * as Y from 'yjs';
import type { ItemId } from '#domain/ids.ts';
import { boardShape } from '#protocol/board/shape.ts';

const FIRST_TOKEN = 0xe000; // the private use area: each insertion is one character that nobody else ever writes

export const tokenOf = (index: number): string => String.fromCharCode(FIRST_TOKEN + index);
const indexOf = (token: string): number => token.charCodeAt(0) - FIRST_TOKEN;
const isToken = (character: string): boolean => /^[\ue000-\uf8ff]$/.test(character);

/** A character or a record in Yjs. Once deleted it never comes back: an undo writes another one. */
interface Struct {
  /** The token, or the item's id. */
  readonly name: string;
  /** The record that a character lies in. */
  readonly record: string | null;
  readonly by: Y.Doc;
  readonly takers: Set<Y.Doc>;
}

/**
 * Who brought and who took each token and each item, as their own copies had it before anything travelled. What nobody
 * took is on the board in the end, and nothing else.
 *
 * A copy brings back only what it took itself, and once. What is gone cannot be taken again, so a word is there twice only
 * after two took the very same character before they heard of each other (by cutting it, by removing its item, by undoing
 * that it was written or brought back) and both brought it back: Yjs cannot know that they meant one.
 */
export class Ledger {
  readonly #structs = new Map<string, Struct>();
  readonly #named = new Map<string, Struct[]>();
  /** What a copy brought that it had not taken. */
  readonly complaints: string[] = [];

  /** A page loaded again is another copy: it has forgotten what it could bring back. */
  watch(doc: Y.Doc): void {
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!transaction.local) return;
      const since = transaction.beforeState.get(doc.clientID) ?? 0;
      for (const struct of doc.store.clients.get(doc.clientID) ?? []) {
        if (struct.id.clock >= since && !struct.deleted) this.#brought(doc, struct);
      }
      Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
        for (const [id] of parts(doc, struct)) this.#structs.get(id)?.takers.add(doc);
      });
    });
  }

  knows(token: string): boolean {
    return this.#all(token).length > 0;
  }

  /**
   * Whether an item is on the board in the end. Two who took one record and both brought it back leave two for one key,
   * of which Yjs shows one, and nobody knows here which: null.
   */
  isOnBoard(item: ItemId): boolean | null {
    return this.#isForked(item) ? null : this.#all(item).some(isLeft);
  }

  /** How often a token must be on a board that has everything. */
  times(token: string, board: Y.Doc): number {
    const standing = new Set([...boardShape(board).items.values()].map(({ _item }) => _item && idOf(_item.id)));
    return this.#all(token).filter((struct) => isLeft(struct) && standing.has(struct.record)).length;
  }

  /** Whether a token is on every board that has heard of it: nobody took it, nor its item. */
  mustStay(token: string): boolean {
    const [written] = this.#all(token);
    const record = this.#structs.get(written?.record ?? '');
    return !!written && !!record && isLeft(written) && isLeft(record) && !this.#isForked(record.name);
  }

  #brought(doc: Y.Doc, struct: Y.Item | Y.GC): void {
    for (const [id, name, record] of parts(doc, struct)) {
      const before = this.#all(name);
      const broughtBack = before.slice(1).filter(({ by }) => by === doc).length; // the first was written, not brought back
      const taken = before.filter(({ takers }) => takers.has(doc)).length;
      if (before.length > 0 && broughtBack >= taken)
        this.complaints.push(isToken(name) ? `token ${indexOf(name)}` : name);
      const one: Struct = { name, record, by: doc, takers: new Set() };
      this.#structs.set(id, one);
      this.#named.set(name, [...before, one]);
    }
  }

  #all(name: string): readonly Struct[] {
    return this.#named.get(name) ?? [];
  }

  #isForked(name: string): boolean {
    return this.#all(name).some(({ takers }) => takers.size > 1);
  }
}

const isLeft = ({ takers }: Struct): boolean => takers.size === 0;

const idOf = ({ client, clock }: Y.ID, offset = 0): string => `${client}:${clock + offset}`;

/** What a struct of Yjs holds of interest: its id, the token or item, and the record around it. */
function parts(doc: Y.Doc, struct: Y.AbstractStruct): [id: string, name: string, record: string | null][] {
  if (!(struct instanceof Y.Item)) return [];
  const { items } = boardShape(doc);
  if (struct.parent === items) return [[idOf(struct.id), struct.parentSub!, null]];
  if (!(struct.content instanceof Y.ContentString)) return [];
  let above: Y.Item | null = struct;
  while (above && above.parent !== items) above = (above.parent as Y.AbstractType<unknown>)._item;
  const record = above && idOf(above.id);
  return [...Array(struct.length).keys()].flatMap((offset) => {
    const character = (struct.content as Y.ContentString).str[offset]!;
    return isToken(character) ? [[idOf(struct.id, offset), character, record]] : [];
  });
}
