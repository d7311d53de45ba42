import type { Cookies } from '@sveltejs/kit';
import type { ForumId } from '#domain/ids.ts';
import type { Services } from '#server/services.ts';
import type { Account } from '#server/storage/ports.ts';

/** Browsers keep a cookie for at most 400 days. How long a session lasts is the server's to say. */
const LONG = 34_560_000; // seconds

export async function keepSession(cookies: Cookies, services: Services, account: Account): Promise<void> {
  const { token } = await services.sessions.create(account);
  cookies.set(services.cookies.session, token, { ...services.cookies.options, maxAge: LONG });
}

export function keepSeat(cookies: Cookies, services: Services, forum: ForumId, token: string): void {
  cookies.set(services.cookies.seat(forum), token, { ...services.cookies.options, maxAge: LONG });
}

/** Marks the browser as one that joined, unless it is marked already. */
export function keepMark(cookies: Cookies, services: Services, mark: string): void {
  if (cookies.get(services.cookies.mark) !== undefined) return;
  cookies.set(services.cookies.mark, mark, { ...services.cookies.options, maxAge: LONG });
}

export async function endSession(cookies: Cookies, services: Services): Promise<void> {
  const token = cookies.get(services.cookies.session);
  if (token) await services.sessions.end(token);
  cookies.delete(services.cookies.session, { ...services.cookies.options });
}
