import * as v from 'valibot';
import type { Refusal } from '#domain/refusal.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { Comparison, Kept, Restored, VersionList } from '#protocol/versions-schema.ts';

/** `notReached`: no answer, or one that is not the server's own, as from a hall's sign-in page. */
export type HistoryRefusal = Refusal | { readonly kind: 'notReached' } | { readonly kind: 'versionUnknown' };
export type Answer<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: HistoryRefusal };

/** What the server answers about the earlier versions of one board. Nothing here throws. */
export class HistoryRequests {
  readonly #url: string;
  readonly #fetch: typeof fetch;

  constructor(forum: string, board: DocumentName, fetcher: typeof fetch = (...args) => fetch(...args)) {
    this.#url = `/api/forums/${encodeURIComponent(forum)}/boards/${board}/versions`;
    this.#fetch = fetcher;
  }

  list(): Promise<Answer<VersionList>> {
    return this.#ask('', {}, async (response) => v.parse(VersionList, await response.json()));
  }

  /** One Yjs update with everything in that version. */
  read(seq: number): Promise<Answer<Uint8Array>> {
    return this.#ask(`/${seq}`, {}, async (response) => new Uint8Array(await response.arrayBuffer()));
  }

  /** What changed up to a version; `from` null: since the one before it. */
  compare(to: number, from: number | null): Promise<Answer<Comparison>> {
    const since = from === null ? '' : `?from=${from}`;
    return this.#ask(`/${to}/changes${since}`, {}, async (response) => v.parse(Comparison, await response.json()));
  }

  /** `seq` null: the board as it is when this arrives. */
  keep(name: string, seq: number | null): Promise<Answer<Kept>> {
    const init = deed('POST', seq === null ? { name } : { name, seq });
    return this.#ask('', init, async (response) => v.parse(Kept, await response.json()));
  }

  letGo(seq: number): Promise<Answer<Kept>> {
    return this.#ask(`/${seq}`, deed('DELETE', {}), async (response) => v.parse(Kept, await response.json()));
  }

  /** `undo`: takes back the restore that came after this version. */
  restore(seq: number, how: 'equal' | 'undo' = 'equal'): Promise<Answer<Restored>> {
    const path = how === 'undo' ? `/${seq}?undo` : `/${seq}`;
    return this.#ask(path, deed('POST', {}), async (response) => v.parse(Restored, await response.json()));
  }

  async #ask<T>(path: string, init: RequestInit, take: (response: Response) => Promise<T>): Promise<Answer<T>> {
    try {
      const response = await this.#fetch(this.#url + path, { ...init, cache: 'no-store' });
      if (response.ok) return { ok: true, value: await take(response) };
      const body: unknown = await response.json().catch(() => null);
      return { ok: false, refusal: refusalIn(body) ?? refusalOf(response.status, path !== '') };
    } catch {
      return { ok: false, refusal: { kind: 'notReached' } };
    }
  }
}

const deed = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const WithRefusal = v.object({ refusal: v.looseObject({ kind: v.string() }) });

/** A page error and the API both carry the refusal; its words are the server's own. */
function refusalIn(body: unknown): Refusal | null {
  const parsed = v.safeParse(WithRefusal, body);
  return parsed.success ? (parsed.output.refusal as unknown as Refusal) : null;
}

function refusalOf(status: number, isOneVersion: boolean): HistoryRefusal {
  if (status === 401 || status === 403) return { kind: 'notAllowed' };
  if (status === 404) return { kind: isOneVersion ? 'versionUnknown' : 'roomUnknown' };
  if (status === 503) return { kind: 'notStored' };
  return { kind: 'notReached' };
}
