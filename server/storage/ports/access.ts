import type { ForumId, WorkshopId } from '#domain/ids.ts';

/**
 * Within it rights change together; its epoch grows with each change. `passes` is about every session and seat token: it grows when one
 * is taken away, so that who holds a socket open for it can hear of that in time, from another process too.
 */
export type AccessScope = `workshop:${WorkshopId}` | `forum:${ForumId}` | 'passes';

/** Up to where changes of rights were known by which something was permitted. */
export interface EpochGuard {
  readonly scope: AccessScope;
  readonly epoch: number;
}

/** Rights have changed since they were looked up: nothing was written, ask again. */
export class AccessChanged extends Error {
  override name = 'AccessChanged';
  readonly scopes: readonly AccessScope[];

  constructor(scopes: readonly AccessScope[]) {
    super(`rights have changed in ${scopes.join(', ')}`);
    this.scopes = scopes;
  }
}

export interface AccessStore {
  /** An entry for each scope; 0 where rights have never changed. */
  epochs(scopes: readonly AccessScope[]): Promise<ReadonlyMap<AccessScope, number>>;
}
