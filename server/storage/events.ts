import type { CommandId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { setWorkshopEpoch } from './access.ts';
import type { EventStore } from './ports.ts';
import type { Database } from './schema.ts';

/** Thrown inside a transaction to leave it without a trace. */
class Abandon extends Error {}

export class EventTable implements EventStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append(
    workshop: WorkshopId,
    after: number,
    events: readonly WorkshopEvent[],
    command: CommandId,
  ): Promise<'appended' | 'conflict' | 'repeated'> {
    try {
      return await this.#db.transaction().execute(async (db) => {
        const first = await db
          .insertInto('workshop_command')
          .values({ workshop_id: workshop, command_id: command })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        if (first.numInsertedOrUpdatedRows === 0n) return 'repeated';
        const { last } = await db
          .selectFrom('workshop_event')
          .select((select) => select.fn.max('version').as('last'))
          .where('workshop_id', '=', workshop)
          .executeTakeFirstOrThrow();
        if ((last ?? 0) !== after) throw new Abandon();
        if (events.length === 0) return 'appended';
        const added = await db
          .insertInto('workshop_event')
          .values(
            events.map((event, index) => ({
              workshop_id: workshop,
              version: after + 1 + index,
              data: JSON.stringify(event),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        // Another node may have appended between our look and our insert.
        if (added.numInsertedOrUpdatedRows !== BigInt(events.length)) throw new Abandon();
        await setWorkshopEpoch(db, workshop, after + events.length);
        return 'appended';
      });
    } catch (error) {
      if (error instanceof Abandon) return 'conflict';
      throw error;
    }
  }

  async read(workshop: WorkshopId, after: number): Promise<WorkshopEvent[]> {
    const rows = await this.#db
      .selectFrom('workshop_event')
      .select('data')
      .where('workshop_id', '=', workshop)
      .where('version', '>', after)
      .orderBy('version')
      .execute();
    return rows.map((row) => JSON.parse(row.data) as WorkshopEvent);
  }
}
