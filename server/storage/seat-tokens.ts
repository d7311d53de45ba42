import type { SeatId } from '#domain/ids.ts';
import { raisePassesEpoch } from './access.ts';
import type { Device, NewDevice } from './ports/devices.ts';
import type { Database, Schema } from './schema.ts';

const FORMER = ['token_hash', 'seat_id', 'mark_hash', 'created_at', 'expires_at', 'device'] as const;

export async function insertToken(db: Database, seat: SeatId, tokenHash: string, device?: NewDevice): Promise<void> {
  await db
    .insertInto('seat_token')
    .values({
      token_hash: tokenHash,
      seat_id: seat,
      created_at: device?.createdAt ?? null,
      seen_at: device?.createdAt ?? null,
      expires_at: device?.expiresAt ?? null,
      device: device?.name ?? null,
      mark_hash: device?.markHash ?? null,
    })
    .execute();
}

/** The tokens open nothing any more; they come back with the seat. */
export async function retireTokens(db: Database, seat: SeatId): Promise<void> {
  await keepTokens(db, seat);
  await db.deleteFrom('seat_token').where('seat_id', '=', seat).execute();
}

/** Writes down which tokens a seat had. */
export async function keepTokens(db: Database, seat: SeatId): Promise<void> {
  await raisePassesEpoch(db);
  await db
    .insertInto('former_token')
    .columns(FORMER)
    .expression((select) => select.selectFrom('seat_token').select(FORMER).where('seat_id', '=', seat))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** For good: nothing of them is kept. */
export async function removeTokens(db: Database, seat: SeatId): Promise<void> {
  await raisePassesEpoch(db);
  await db.deleteFrom('seat_token').where('seat_id', '=', seat).execute();
  await db.deleteFrom('former_token').where('seat_id', '=', seat).execute();
}

export const deviceOf = (
  hash: string,
  row: Pick<Schema['seat_token'], 'created_at' | 'seen_at' | 'expires_at' | 'device'>,
): Device => ({
  hash,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  expiresAt: row.expires_at,
  name: row.device,
});
