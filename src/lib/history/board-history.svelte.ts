import * as Y from 'yjs';
import type { Comparison, Version } from '#protocol/versions-schema.ts';
import type { Answer, HistoryRefusal, HistoryRequests } from './history-requests.ts';

/** The earlier versions of one board in this browser: which there are, and the one that is being looked at. */
export class BoardHistory {
  readonly #requests: HistoryRequests;
  #versions = $state.raw<readonly Version[] | null>(null);
  #mayRestore = $state(false);
  #refusal = $state.raw<HistoryRefusal | null>(null);
  #isRestoring = $state(false);
  #isKeeping = $state(false);

  constructor(requests: HistoryRequests) {
    this.#requests = requests;
  }

  /** Newest first; the first is the board as it is now. Null until they came. */
  get versions(): readonly Version[] | null {
    return this.#versions;
  }
  get now(): Version | undefined {
    return this.#versions?.[0];
  }
  get mayRestore(): boolean {
    return this.#mayRestore;
  }
  /** Why the list could not be had the last time. */
  get refusal(): HistoryRefusal | null {
    return this.#refusal;
  }
  get isRestoring(): boolean {
    return this.#isRestoring;
  }

  get isKeeping(): boolean {
    return this.#isKeeping;
  }

  version(seq: number): Version | undefined {
    return this.#versions?.find((version) => version.seq === seq);
  }

  async load(): Promise<void> {
    const answer = await this.#requests.list();
    this.#refusal = answer.ok ? null : answer.refusal;
    if (!answer.ok) return;
    this.#versions = answer.value.versions;
    this.#mayRestore = answer.value.mayRestore;
  }

  /** A document of its own, connected to nothing: what is done to it reaches nobody. */
  async document(seq: number): Promise<Answer<Y.Doc>> {
    const answer = await this.#requests.read(seq);
    if (!answer.ok) return answer;
    const doc = new Y.Doc();
    try {
      Y.applyUpdate(doc, answer.value);
      return { ok: true, value: doc };
    } catch {
      doc.destroy();
      return { ok: false, refusal: { kind: 'notReached' } };
    }
  }

  /** Resolves with the version to restore for taking it back; null while another restore is on its way. */
  async restore(seq: number, how: 'equal' | 'undo' = 'equal'): Promise<Answer<number> | null> {
    if (this.#isRestoring) return null;
    this.#isRestoring = true;
    const answer = await this.#requests.restore(seq, how);
    this.#isRestoring = false;
    if (!answer.ok) return answer;
    void this.load();
    return { ok: true, value: answer.value.before };
  }

  /** What changed up to a version; `from` null: since the one before it. */
  compare(to: number, from: number | null): Promise<Answer<Comparison>> {
    return this.#requests.compare(to, from);
  }

  /** Keeps a version for good, or the board as it is now (`seq` null). Resolves with its seq; null while another one is on its way. */
  keep(name: string, seq: number | null): Promise<Answer<number> | null> {
    return this.#once(() => this.#requests.keep(name, seq));
  }

  letGo(seq: number): Promise<Answer<number> | null> {
    return this.#once(() => this.#requests.letGo(seq));
  }

  async #once(ask: () => Promise<Answer<{ readonly seq: number }>>): Promise<Answer<number> | null> {
    if (this.#isKeeping) return null;
    this.#isKeeping = true;
    const answer = await ask();
    this.#isKeeping = false;
    if (!answer.ok) return answer;
    await this.load();
    return { ok: true, value: answer.value.seq };
  }
}
