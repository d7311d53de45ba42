import type { CommandId, WorkshopId } from '#domain/ids.ts';
import { takesRights } from '#domain/permissions/takes-rights.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import { toStore, upcast, type StoredEvent } from '#domain/workshop/upcast.ts';
import { setWorkshopEpoch } from './access.ts';
import { updateForum } from './forums.ts';
import type { CommandAnswer, DecidedWith, EventStore } from './ports/events.ts';
import type { Database } from './schema.ts';

/** Thrown inside a transaction to leave it without a trace. */
class Abandon extends Error {}

/** What a command that was applied before answers were kept is answered with, whatever it was. */
const APPLIED: CommandAnswer = { ok: true, value: { version: 0 } };

export class EventTable implements EventStore {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  async append(
    workshop: WorkshopId,
    after: number,
    events: readonly WorkshopEvent[],
    command: CommandId | null,
    decided?: DecidedWith,
  ): Promise<'appended' | 'conflict' | 'repeated'> {
    try {
      return await this.#db.transaction().execute(async (db) => {
        if (command !== null && !(await isFirst(db, workshop, command, decided))) return 'repeated';
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
              data: JSON.stringify(toStore(event)),
            })),
          )
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirstOrThrow();
        // Another node may have appended between our look and our insert.
        if (added.numInsertedOrUpdatedRows !== BigInt(events.length)) throw new Abandon();
        if (decided?.forum && !(await updateForum(db, decided.forum))) throw new Abandon();
        if (events.some(takesRights)) await setWorkshopEpoch(db, workshop, after + events.length);
        return 'appended';
      });
    } catch (error) {
      if (error instanceof Abandon) return 'conflict';
      throw error;
    }
  }

  async answer(workshop: WorkshopId, command: CommandId): Promise<CommandAnswer | null> {
    const row = await this.#db
      .selectFrom('workshop_command')
      .select('answer')
      .where('workshop_id', '=', workshop)
      .where('command_id', '=', command)
      .executeTakeFirst();
    if (!row) return null;
    return row.answer === null ? APPLIED : (JSON.parse(row.answer) as CommandAnswer);
  }

  async prune(before: number): Promise<void> {
    await this.#db
      .deleteFrom('workshop_command')
      .where((where) => where.or([where('at', '<', before), where('at', 'is', null)]))
      .execute();
  }

  async read(workshop: WorkshopId, after: number): Promise<WorkshopEvent[]> {
    const rows = await this.#db
      .selectFrom('workshop_event')
      .select('data')
      .where('workshop_id', '=', workshop)
      .where('version', '>', after)
      .orderBy('version')
      .execute();
    return rows.map((row) => upcast(JSON.parse(row.data) as StoredEvent));
  }
}

async function isFirst(
  db: Database,
  workshop: WorkshopId,
  command: CommandId,
  decided: DecidedWith | undefined,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('workshop_command')
    .values({
      workshop_id: workshop,
      command_id: command,
      answer: decided ? JSON.stringify(decided.answer) : null,
      at: decided?.at ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows !== 0n;
}
