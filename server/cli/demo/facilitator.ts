import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId } from '#domain/ids.ts';
import { newInvitation } from '#server/auth/invitations.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import type { Storage } from '#server/storage/ports/storage.ts';

const LINK_LASTS = 86_400_000; // ms: a day to look round in the demo's forum

export interface DemoFacilitator {
  /** What the browser would keep in its seat cookie. */
  readonly token: string;
  /** Links that can be used once: into the facilitator's seat, and to become an organizer. */
  readonly seatLink: string;
  readonly organizerLink: string;
}

/** Seats the demo's facilitator, and makes the links by which a newcomer can look over the shoulder. */
export async function seatFacilitator(storage: Storage, forum: Forum, origin: string): Promise<DemoFacilitator> {
  const now = Date.now();
  const id = randomId() as SeatId;
  const [token, move] = [newToken(), newToken()];
  await storage.people.addSeat(
    { id, forumId: forum.id, role: 'facilitator', accountId: null, joinedAt: now, removedAt: null },
    { seatId: id, name: 'Elvira Mamytova', country: 'KG', organisation: null, language: 'ru' },
    hashToken(token),
  );
  await storage.accounts.addLink(hashToken(move), { kind: 'moveSeat', seat: id }, now + LINK_LASTS);
  const invitation = await newInvitation(storage, { forum: forum.id, role: 'organizer', by: null }, now);
  return { token, seatLink: `${origin}/seat/${move}`, organizerLink: `${origin}/invite/${invitation}` };
}
