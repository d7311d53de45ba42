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

/** The tokens open nothing any more; they come back with their seats. Says which they are. */
export async function retireTokens(db: Database, seats: readonly SeatId[]): Promise<string[]> {
  await keepTokens(db, seats);
  const retired = await db.deleteFrom('seat_token').where('seat_id', 'in', seats).returning('token_hash').execute();
  return retired.map(({ token_hash }) => token_hash);
}

/** Writes down which tokens seats had. */
export async function keepTokens(db: Database, seats: readonly SeatId[]): Promise<void> {
  await raisePassesEpoch(db);
  await db
    .insertInto('former_token')
    .columns(FORMER)
    .expression((select) => select.selectFrom('seat_token').select(FORMER).where('seat_id', 'in', seats))
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
