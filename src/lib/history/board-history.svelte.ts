import * as Y from 'yjs';
import type { Version } from '#protocol/versions-schema.ts';
import type { Answer, HistoryRefusal, HistoryRequests } from './history-requests.ts';

/** The earlier versions of one board in this browser: which there are, and the one that is being looked at. */
export class BoardHistory {
  readonly #requests: HistoryRequests;
  #versions = $state.raw<readonly Version[] | null>(null);
  #mayRestore = $state(false);
  #refusal = $state.raw<HistoryRefusal | null>(null);
  #isRestoring = $state(false);

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
  async restore(seq: number): Promise<Answer<number> | null> {
    if (this.#isRestoring) return null;
    this.#isRestoring = true;
    const answer = await this.#requests.restore(seq);
    this.#isRestoring = false;
    if (!answer.ok) return answer;
    void this.load();
    return { ok: true, value: answer.value.before };
  }
}
