import { inOrder, type Step } from '#protocol/update/in-order.ts';
import { BEFORE, GONE, hasKey, type Place } from '#protocol/update/place.ts';
import type { ScannedUpdate, Section, Struct } from '#protocol/update/scan.ts';
import { withGone } from '#protocol/update/write.ts';
import { ClockRanges } from './clock-ranges.ts';
import type { Places } from './places.ts';

/**
 * Takes in where an update puts its structs, and returns it as it is to be stored; null, and nothing taken in, when copies of the document
 * could part over it. Yjs lets a struct lie where its left neighbour lies, or else its right one, or nowhere when either is gone,
 * which it may be in one copy and not yet in another: so both have to lie in the same place. Of the values of a key it deletes the one before
 * the last: so a value has one clock, or half of it would stay and stop whoever deletes what it lies in. The update is new and without a gap
 * (`newsOf`).
 */
export function putDown(update: ScannedUpdate, places: Places): ScannedUpdate | null {
  const gone = new Set<Struct>();
  const deleted = new Deleted(update);
  for (const { section, first, last } of stepsOf(update, places)) {
    for (let index = first; index < last; index += 1) {
      const struct = section.structs[index]!;
      const end = endOf(section, index);
      const place = placeOf(struct, places);
      const isWhole = place !== null && (!hasKey(place) || end - struct.clock === 1 || struct.isDeleted);
      if (place === null || !(isWhole || deleted.has(section.client, struct.clock, end))) {
        takeBack(update, places);
        return null;
      }
      if (place === GONE && struct.needs.length > 2) gone.add(struct);
      places.put(section.client, end, place);
    }
  }
  return gone.size > 0 ? withGone(update, gone) : update;
}

/** Takes in where the structs of a row are, as far as that is not known. */
export function follow(update: ScannedUpdate, places: Places): void {
  if (update.sections.every(({ client, end }) => places.end(client) >= end)) return;
  for (const { section, first, last } of stepsOf(update, places)) {
    for (let index = first; index < last; index += 1) {
      const end = endOf(section, index);
      if (end > places.end(section.client)) {
        places.put(section.client, end, placeOf(section.structs[index]!, places) ?? GONE);
      }
    }
  }
}

/** It came to nothing. */
export function takeBack({ sections }: ScannedUpdate, places: Places): void {
  for (const { client, clock } of sections) places.cutBack(client, clock);
}

function stepsOf(update: ScannedUpdate, places: Places): readonly Step[] {
  const [section, other] = update.sections;
  if (!section) return [];
  if (!other) return [{ section, first: 0, last: section.structs.length }];
  return inOrder(update, (client) => places.end(client)) ?? [];
}

const endOf = ({ structs, end }: Section, index: number): number => structs[index + 1]?.clock ?? end;

/** Null: its neighbours lie in different places, or it stands before a value of a key, each of which lies behind another or nothing. */
function placeOf({ place, needs }: Struct, places: Places): Place | null {
  if (place >= GONE) return place;
  const first = places.at(needs[0]!, needs[1]!);
  const last = needs.length > 2 ? places.at(needs[2]!, needs[3]!) : first;
  if (first === GONE || last === GONE) return GONE;
  return first === last && !(place === BEFORE && hasKey(first)) ? first : null;
}

/** What an update deletes; put in order when somebody asks. */
class Deleted {
  readonly #update: ScannedUpdate;
  #byClient: ReadonlyMap<number, ClockRanges> | null = null;

  constructor(update: ScannedUpdate) {
    this.#update = update;
  }

  has(client: number, clock: number, end: number): boolean {
    this.#byClient ??= this.#inOrder();
    return this.#byClient.get(client)?.covers(clock, end) ?? false;
  }

  #inOrder(): Map<number, ClockRanges> {
    const byClient = new Map<number, ClockRanges>();
    for (const [client, ranges] of Map.groupBy(this.#update.deletes, (range) => range.client)) {
      const all = new ClockRanges();
      all.addAll(ranges);
      byClient.set(client, all);
    }
    return byClient;
  }
}
