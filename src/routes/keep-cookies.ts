import type { Cookies, RequestEvent } from '@sveltejs/kit';
import type { ForumId } from '#domain/ids.ts';
import type { Services } from '#server/services.ts';
import type { Account } from '#server/storage/ports/accounts.ts';

/** Browsers keep a cookie for at most 400 days. How long a session or a seat lasts is the server's to say. */
const LONG = 34_560_000; // seconds

type Visit = Pick<RequestEvent, 'cookies' | 'request' | 'locals'>;

/** Signs in; what was signed in here before is no more. */
export async function keepSession({ cookies, request, locals }: Visit, account: Account): Promise<void> {
  const { sessions, cookies: jar } = locals.services;
  const before = cookies.get(jar.session);
  if (before) await sessions.end(before);
  const { token } = await sessions.create(account, request.headers.get('user-agent'));
  cookies.set(jar.session, token, { ...jar.options, maxAge: LONG });
  await keepKnownDevice({ cookies, locals }, account);
}

/** Marks the device as one on which the account's password was right. */
export async function keepKnownDevice(
  { cookies, locals }: Pick<Visit, 'cookies' | 'locals'>,
  account: Account,
): Promise<void> {
  const { accounts, cookies: jar } = locals.services;
  const mark = await accounts.knowDevice(account, cookies.get(jar.device) ?? null);
  if (mark) cookies.set(jar.device, mark, { ...jar.options, maxAge: LONG });
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

/** Ends the session and every seat that this browser has, and forgets that somebody was here. */
export async function leaveDevice({ cookies, locals }: Pick<Visit, 'cookies' | 'locals'>): Promise<void> {
  const { seats, cookies: jar } = locals.services;
  await endSession(cookies, locals.services);
  for (const { name, value } of cookies.getAll()) {
    if (jar.isSeat(name)) await seats.devices.leave(value);
    if (jar.isSeat(name) || name === jar.device) cookies.delete(name, { ...jar.options });
  }
}
