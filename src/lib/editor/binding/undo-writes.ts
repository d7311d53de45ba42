import * as Y from 'yjs';
import { idsOf, itemOf, type Letters } from './letters.ts';
import { isAlive, type Moves } from './moves.ts';
import { partCopies } from './part-copies.ts';
import type { Move } from './structure-writes.ts';

type Step = Y.UndoManager['undoStack'][number];
type Told = (transaction: Y.Transaction, step: Step) => void;

const listeners = new WeakMap<Y.UndoManager, Map<Y.XmlFragment, Told>>();

/**
 * Calls back at the end of each undo and redo, within its transaction: what others must know of it has to come with it, because Yjs
 * drops the content of what is deleted as soon as a transaction is over. One for each text.
 */
export function withinUndo(undoManager: Y.UndoManager, fragment: Y.XmlFragment, told: Told): void {
  const known = listeners.get(undoManager);
  if (known) return void known.set(fragment, told);
  const all = new Map([[fragment, told]]);
  listeners.set(undoManager, all);
  undoManager.doc.on('beforeTransaction', (transaction: Y.Transaction) => {
    if (transaction.origin === undoManager) partCopies(transaction, undoManager);
  });
  let step = undoManager.currStackItem;
  // Yjs says which step it is as the last thing that it does in the transaction
  Object.defineProperty(undoManager, 'currStackItem', {
    get: () => step,
    set(next: typeof step) {
      step = next;
      const { _transaction: transaction } = undoManager.doc;
      if (next && transaction) for (const tell of all.values()) tell(transaction, next);
    },
  });
}

/** Where letters went that an undo brought back, and their copies that it deleted elsewhere; and which it brought back twice. */
export function movesOfUndo(
  transaction: Y.Transaction,
  step: Step,
  fragment: Y.XmlFragment,
  moves: Moves,
): { letters: Move[]; doubled: Y.ID[] } {
  const found: Move[] = [];
  const doubled = new Map<string, Y.ID>();
  const back = new Set<string>();
  // the step says what there was to bring back
  for (const ranges of [transaction.deleteSet, step.deletions]) {
    Y.iterateDeletedStructs(transaction, ranges, (struct) => {
      if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
      if (!Y.isParentOf(fragment, struct)) return;
      for (const id of idsOf({ ...struct.id, length: struct.length })) {
        const [to, ...others] = backIn(transaction, moves.familyOf(id));
        for (const other of others) doubled.set(keyOf(other), other);
        if (!to || (ranges === step.deletions && back.has(keyOf(to)))) continue;
        back.add(keyOf(to));
        add(found, id, to);
      }
    });
  }
  return { letters: found, doubled: [...doubled.values()] };
}

const keyOf = ({ client, clock }: Y.ID): string => `${client}:${clock}`;

/** The copies with which those of a family were brought back. */
function backIn({ doc, beforeState }: Y.Transaction, family: readonly Y.ID[]): Y.ID[] {
  const found = new Map<string, Y.ID>();
  const isNew = ({ client, clock }: Y.ID) => client === doc.clientID && clock >= (beforeState.get(client) ?? 0);
  for (let id of family) {
    let item = itemOf(doc, id);
    if (!item?.redone) continue;
    while (item?.redone) {
      const { client, clock }: Y.ID = item.redone;
      id = Y.createID(client, clock + id.clock - item.id.clock);
      item = itemOf(doc, id);
    }
    if (item && isNew(id) && isAlive({ _item: item })) found.set(keyOf(id), id);
  }
  return [...found.values()];
}

function add(found: Move[], { client, clock }: Y.ID, to: Y.ID): void {
  const last = found.at(-1);
  const isNext =
    last?.from.client === client &&
    last.from.clock + last.from.length === clock &&
    last.to.clock + last.from.length === to.clock;
  const from: Letters = isNext ? { ...last.from, length: last.from.length + 1 } : { client, clock, length: 1 };
  if (isNext) found[found.length - 1] = { from, to: last.to };
  else found.push({ from, to });
}
