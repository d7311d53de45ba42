import type { Role } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { hashToken, newToken } from './tokens.ts';

const INVITE_MILLISECONDS = 7 * 86_400_000;

/** A token for `/invite/<token>`, good once within seven days. `by`: the seat that invites; null is the operator. */
export async function newInvitation(
  { accounts }: Pick<Storage, 'accounts'>,
  invitation: { forum: ForumId; role: Role; by: SeatId | null },
  now: number,
): Promise<string> {
  const token = newToken();
  await accounts.addLink(hashToken(token), { kind: 'invite', ...invitation }, now + INVITE_MILLISECONDS);
  return token;
}
