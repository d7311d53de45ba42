import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId, WorkshopId } from '#domain/ids.ts';
import { newInvitation } from '#server/auth/invitations.ts';
import { hashToken, newToken, randomId } from '#server/auth/tokens.ts';
import { ConfigError } from '#server/config.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Door } from './board-client.ts';
import { Device } from './device.ts';
import type { SeatAtRoom } from './join.ts';
import { LiveClient } from './live-client.ts';
import { waitUntil } from './wait-until.ts';

const LINK_LASTS = 86_400_000; // ms: a day to look round in the demo's forum
const ANSWERED_WITHIN = 30_000; // ms for what takes well under a second when all is well

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

/** The facilitator comes in by the same kind of cookie as everybody, on a device of their own. */
export function doorOf({ door: { origin, cookie } }: SeatAtRoom, token: string): Door {
  return { origin, cookie: `${cookie.split('=', 1)[0]}=${token}`, device: new Device(origin) };
}

/** On the live channel, once it has told what there is to run. */
export async function facilitatorAt(door: Door, workshop: WorkshopId): Promise<LiveClient> {
  const host = new LiveClient(door, workshop);
  if (await waitUntil(() => host.view !== null, ANSWERED_WITHIN)) return host;
  host.close();
  throw new ConfigError(`the live channel at ${door.origin} does not answer`);
}
