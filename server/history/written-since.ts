import * as Y from 'yjs';
import type { Unit } from './align.ts';
import { isShared, type Shared } from './shared-types.ts';

const NEW = Symbol('new');

/** What was written into a document since a moment, and what holds something of it. */
export class WrittenSince {
  readonly #clocks: ReadonlyMap<number, number>;
  readonly #touched = new Set<unknown>();

  /** `clocks`: the state vector of that moment. */
  constructor(doc: Y.Doc, clocks: ReadonlyMap<number, number>) {
    this.#clocks = clocks;
    for (const [client, structs] of doc.store.clients) {
      for (let at = structs.length - 1; at >= 0; at -= 1) {
        const struct = structs[at]!;
        if (struct.id.clock + struct.length <= (clocks.get(client) ?? 0)) break;
        if (struct instanceof Y.Item && !struct.deleted) this.#touch(struct.parent as Shared | null);
      }
    }
  }

  isIn(type: Shared): boolean {
    return this.#touched.has(type);
  }

  hasUnit(unit: Unit): boolean {
    return this.#isNewUnit(unit) || (isShared(unit.value) && this.isIn(unit.value));
  }

  /** As units that are equal to nothing: what is new stands for nothing in an earlier version. */
  unlike(units: readonly Unit[]): Unit[] {
    return units.map((unit) => (this.#isNewUnit(unit) ? { ...unit, value: NEW } : unit));
  }

  #isNewUnit({ id }: Unit): boolean {
    const [client, clock] = id.split(':').map(Number) as [number, number];
    return this.#isNew(client, clock);
  }

  hasEntry(type: Shared, key: string): boolean {
    const item = type._map.get(key);
    if (!item || item.deleted) return false;
    const { client, clock } = item.id;
    return this.#isNew(client, clock) || (item.content instanceof Y.ContentType && this.isIn(item.content.type));
  }

  #isNew(client: number, clock: number): boolean {
    return clock >= (this.#clocks.get(client) ?? 0);
  }

  #touch(type: Shared | null): void {
    for (let each = type; each && !this.#touched.has(each); each = (each._item?.parent as Shared | undefined) ?? null) {
      this.#touched.add(each);
    }
  }
}
