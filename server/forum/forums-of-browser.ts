import type { Forum } from '#domain/forum/forum.ts';
import { readCookies, type CookieJar } from '#server/auth/cookies.ts';
import type { Forums } from './forums.ts';
import type { SeatDevices } from './seat-devices.ts';

/** Cookies looked up at most, the newest: a header with more of them is nobody's way back. */
const LOOKED_UP = 12;
const SHOWN = 5;

interface Parts {
  readonly cookies: CookieJar;
  readonly devices: Pick<SeatDevices, 'seatOf'>;
  readonly forums: Pick<Forums, 'byId'>;
}

/** The forums in which a browser has a guest's seat, the latest first: its way back when the address is forgotten. */
export async function forumsOfBrowser(
  { cookies, devices, forums }: Parts,
  header: string | undefined,
): Promise<Forum[]> {
  // Browsers send what they have had longest first.
  const tokens = [...readCookies(header)].filter(([name]) => cookies.isSeat(name)).slice(-LOOKED_UP);
  const found: Forum[] = [];
  for (const [name, token] of tokens) {
    const seat = await devices.seatOf(token);
    if (seat?.removedAt !== null || name !== cookies.seat(seat.forumId)) continue;
    const forum = await forums.byId(seat.forumId);
    if (forum) found.push(forum);
  }
  return found.sort((one, other) => other.from.localeCompare(one.from)).slice(0, SHOWN);
}
