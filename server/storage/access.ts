import type { ForumId, WorkshopId } from '#domain/ids.ts';
import type { AccessScope, AccessStore } from './ports/access.ts';
import type { Database } from './schema.ts';

export class AccessTable implements AccessStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async epochs(scopes: readonly AccessScope[]): Promise<ReadonlyMap<AccessScope, number>> {
    const epochs = new Map(scopes.map((scope) => [scope, 0]));
    if (scopes.length === 0) return epochs;
    const rows = await this.#db.selectFrom('access_epoch').selectAll().where('scope', 'in', scopes).execute();
    for (const { scope, epoch } of rows) epochs.set(scope as AccessScope, epoch);
    return epochs;
  }
}

/** Both belong into the transaction that changes the rights: the epoch's row is the place of the change in their order. */
export async function setWorkshopEpoch(db: Database, workshop: WorkshopId, epoch: number): Promise<void> {
  await db
    .insertInto('access_epoch')
    .values({ scope: `workshop:${workshop}` satisfies AccessScope, epoch })
    .onConflict((conflict) => conflict.column('scope').doUpdateSet({ epoch }))
    .execute();
}

/** Also the lock under which the rights of one forum change one after another. */
export const raiseForumEpoch = (db: Database, forum: ForumId): Promise<void> => raiseEpoch(db, `forum:${forum}`);

/** Belongs into the transaction that takes sessions or seat tokens away. */
export const raisePassesEpoch = (db: Database): Promise<void> => raiseEpoch(db, 'passes');

async function raiseEpoch(db: Database, scope: AccessScope): Promise<void> {
  await db
    .insertInto('access_epoch')
    .values({ scope, epoch: 1 })
    .onConflict((conflict) =>
      conflict.column('scope').doUpdateSet((row) => ({ epoch: row('access_epoch.epoch', '+', 1) })),
    )
    .execute();
}
