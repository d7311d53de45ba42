const STEP = 0.05; // ms a bucket
const BUCKETS = 200_000; // up to 10 s; what is slower counts as 10 s

/** What one process of clients received since the last mark. */
export class Tally {
  delivered = 0;
  sent = 0;
  bytes = 0;
  readonly #latencies = new Uint32Array(BUCKETS);
  #timed = 0;
  #markedAt = performance.now();
  #cpuAtMark = process.cpuUsage();

  took(milliseconds: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.max(0, Math.floor(milliseconds / STEP)));
    this.#latencies[bucket]! += 1;
    this.#timed += 1;
  }

  mark(): void {
    this.delivered = this.sent = this.bytes = this.#timed = 0;
    this.#latencies.fill(0);
    this.#markedAt = performance.now();
    this.#cpuAtMark = process.cpuUsage();
  }

  figures(): LoadFigures {
    const { user, system } = process.cpuUsage(this.#cpuAtMark);
    const milliseconds = performance.now() - this.#markedAt;
    return {
      milliseconds,
      delivered: this.delivered,
      sent: this.sent,
      bytes: this.bytes,
      p50: this.#quantile(0.5),
      p99: this.#quantile(0.99),
      busy: (user + system) / 1_000 / milliseconds,
    };
  }

  #quantile(share: number): number | null {
    if (this.#timed === 0) return null;
    let left = Math.ceil(this.#timed * share);
    const bucket = this.#latencies.findIndex((count) => (left -= count) <= 0);
    return (bucket + 1) * STEP;
  }
}

export interface LoadFigures {
  readonly milliseconds: number;
  /** Edits that reached somebody other than their author. */
  readonly delivered: number;
  readonly sent: number;
  readonly bytes: number;
  /** Milliseconds from sending an edit to having it at another person. */
  readonly p50: number | null;
  readonly p99: number | null;
  /** Share of one core that the clients themselves took: above 0.9 the figures are about them, not about the server. */
  readonly busy: number;
}
