/** Weights by feature, of length 1 as a whole. */
export type Vector = ReadonlyMap<string, number>;

/** Vectors by who has which feature, so that those with nothing in common are never compared. */
export class VectorIndex {
  readonly #vectors = new Map<string, Vector>();
  readonly #holders = new Map<string, Map<string, number>>();

  put(id: string, vector: Vector): void {
    this.remove(id);
    this.#vectors.set(id, vector);
    for (const [feature, weight] of vector) {
      const holders = this.#holders.get(feature);
      if (holders) holders.set(id, weight);
      else this.#holders.set(feature, new Map([[id, weight]]));
    }
  }

  remove(id: string): void {
    for (const feature of this.#vectors.get(id)?.keys() ?? []) {
      const holders = this.#holders.get(feature)!;
      holders.delete(id);
      if (holders.size === 0) this.#holders.delete(feature);
    }
    this.#vectors.delete(id);
  }

  /** Adds a share of the cosine with each vector that has something in common with this one; its own as well. */
  addScores(id: string, share: number, scores: Map<string, number>): void {
    for (const [feature, own] of this.#vectors.get(id) ?? []) {
      for (const [other, weight] of this.#holders.get(feature)!) {
        scores.set(other, (scores.get(other) ?? 0) + share * own * weight);
      }
    }
  }
}
