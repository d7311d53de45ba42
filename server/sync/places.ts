import { GONE, type Place } from '#protocol/update/place.ts';

/** Consecutive clocks of one client that lie in the same place are one entry: whoever types in a text has one. */
interface Runs {
  readonly starts: number[];
  /** While a document is read, also how much is less than nothing: `~index` of an open question. */
  readonly places: number[];
  end: number;
}

const NOWHERE: Place = NaN; // there is no such struct
const STEPS = 4_096; // between two pauses

/** Where every struct of a document lies. A few numbers for each time that somebody goes on in another text, and not for each letter. */
export class Places {
  readonly #clients = new Map<number, Runs>();
  /** Neighbours that come later in the bytes, as a snapshot has them; two numbers for each. */
  #open: number[] = [];

  /** Next clock of a client. */
  end(client: number): number {
    return this.#clients.get(client)?.end ?? 0;
  }

  /** Of what there is. */
  at(client: number, clock: number): Place {
    const place = this.#find(client, clock);
    return place >= 0 ? place : GONE;
  }

  /** Clocks from the client's next one to `end` lie here. */
  put(client: number, end: number, place: Place): void {
    const runs = this.#clients.get(client);
    if (!runs) {
      this.#clients.set(client, { starts: [0], places: [place], end });
      return;
    }
    if (runs.places.at(-1) !== place) {
      runs.starts.push(runs.end);
      runs.places.push(place);
    }
    runs.end = end;
  }

  /** Forgets the client's clocks from this one on. */
  cutBack(client: number, clock: number): void {
    const runs = this.#clients.get(client);
    if (!runs || runs.end <= clock) return;
    runs.end = clock;
    while (runs.starts.length > 0 && runs.starts.at(-1)! >= clock) {
      runs.starts.pop();
      runs.places.pop();
    }
    if (clock === 0) this.#clients.delete(client);
  }

  /** As `put`, of a struct as it is stored, whose neighbours may come later; `settle` when all have come. */
  read(client: number, end: number, place: Place, needs: readonly number[]): void {
    this.put(client, end, place < GONE ? this.#beside(needs[0]!, needs[1]!) : place);
  }

  /** In steps: whose neighbours were not there yet lies where they do. */
  *settle(): Generator<undefined, void> {
    const found = new Float64Array(this.#open.length / 2).fill(NOWHERE);
    let steps = 0;
    for (let index = 0; index < found.length; index += 1) {
      const path: number[] = [];
      let place = ~index;
      while (place < 0) {
        const question = ~place;
        if (!Number.isNaN(found[question]!)) place = found[question]!;
        else {
          found[question] = GONE; // so that what would lie beside itself ends here
          path.push(question);
          place = this.#find(this.#open[2 * question]!, this.#open[2 * question + 1]!);
        }
        if ((steps += 1) % STEPS === 0) yield;
      }
      for (const question of path) found[question] = Number.isNaN(place) ? GONE : place;
    }
    this.#open = [];
    if (found.length === 0) return;
    for (const { places } of this.#clients.values()) {
      for (let index = 0; index < places.length; index += 1) {
        if (places[index]! < 0) places[index] = found[~places[index]!]!;
        if ((steps += 1) % STEPS === 0) yield;
      }
    }
  }

  /** In steps: at which of these places there is something that is not deleted. */
  *standing(
    among: ReadonlySet<Place>,
    isDeleted: (client: number, clock: number, length: number) => boolean,
  ): Generator<undefined, ReadonlySet<Place>> {
    const found = new Set<Place>();
    let steps = 0;
    for (const [client, { starts, places, end }] of among.size > 0 ? this.#clients : []) {
      for (const [index, place] of places.entries()) {
        const from = starts[index]!;
        if (among.has(place) && !isDeleted(client, from, (starts[index + 1] ?? end) - from)) found.add(place);
        if ((steps += 1) % STEPS === 0) yield;
      }
    }
    return found;
  }

  #beside(client: number, clock: number): number {
    const place = this.#find(client, clock);
    if (!Number.isNaN(place)) return place;
    this.#open.push(client, clock);
    return ~(this.#open.length / 2 - 1);
  }

  #find(client: number, clock: number): number {
    const runs = this.#clients.get(client);
    if (!runs || clock >= runs.end) return NOWHERE;
    const { starts, places } = runs;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= clock) low = middle;
      else high = middle - 1;
    }
    return places[low]!;
  }
}
