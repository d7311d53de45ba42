import * as Y from 'yjs';
import { asItem, boardShape } from '#protocol/board/shape.ts';
import { entriesIn, valueIn } from '#protocol/shared-value.ts';
import { fingerprint } from './fingerprint.ts';
import { Replay, type Rows } from './states.ts';

/** Board items of a version against the one before it. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly items: number;
}

/** For each version, oldest first: its own bytes, or its seq among the rows. One that cannot be read counts as no change. */
export function changesOf(rows: Rows, versions: readonly (Uint8Array | number)[]): Changes[] {
  const replay = new Replay(rows);
  let before = new Map<string, string>();
  try {
    return versions.map((version) => {
      const now = itemsIn(version, replay) ?? before;
      const changes = between(before, now);
      before = now;
      return changes;
    });
  } finally {
    replay.destroy();
  }
}

function itemsIn(version: Uint8Array | number, replay: Replay): Map<string, string> | null {
  try {
    if (typeof version === 'number') return itemsOf(replay.upTo(version));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, version);
    const items = itemsOf(doc);
    doc.destroy();
    return items;
  } catch {
    return null;
  }
}

/** What people would call another text or another place; the order key and reactions come and go without either. */
const TOLD_OF = ['body', 'lang', 'theme', 'merged', 'comments'];

function itemsOf(doc: Y.Doc): Map<string, string> {
  const { items } = boardShape(doc);
  const contents = new Map<string, string>();
  for (const [id, value] of entriesIn(items)) {
    const record = asItem(value);
    if (record) contents.set(id, fingerprint(TOLD_OF.map((key) => valueIn(record, key) ?? null)));
  }
  return contents;
}

function between(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): Changes {
  const ids = [...now.keys()];
  return {
    added: ids.filter((id) => !before.has(id)).length,
    changed: ids.filter((id) => before.has(id) && before.get(id) !== now.get(id)).length,
    removed: [...before.keys()].filter((id) => !now.has(id)).length,
    items: now.size,
  };
}
