import { setTimeout as wait } from 'node:timers/promises';
import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import { Refused } from '#server/cli/command.ts';
import { ConfigError } from '#server/config.ts';
import type { Door } from './board-client.ts';
import type { Member } from './cast.ts';

export interface SeatAtRoom {
  readonly door: Door;
  readonly seat: SeatId;
  readonly document: string;
}

const TRIES = 20;
const BETWEEN_TRIES = 500; // ms; together as long as a server takes to start again

/** Takes a seat as anybody does who types the code: `POST /api/join`. Tries again while the server does not answer. */
export async function join(origin: string, forum: Forum, member: Member): Promise<SeatAtRoom> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await post(`${origin}/api/join`, origin, { code: forum.joinCode, ...member });
    if (response) return seatFrom(response, origin);
    if (attempt === TRIES) throw new ConfigError(`the server at ${origin} does not answer any more`);
    await wait(BETWEEN_TRIES);
  }
}

/** Null when there was no answer, or one from a server that is starting. */
async function post(url: string, origin: string, body: unknown): Promise<Response | null> {
  const headers = { 'content-type': 'application/json', origin };
  try {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    return response.status === 503 ? null : response;
  } catch {
    return null;
  }
}

async function seatFrom(response: Response, origin: string): Promise<SeatAtRoom> {
  const body = (await response.json()) as { seatId?: SeatId; document?: string; refusal?: Refusal };
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0];
  if (body.refusal) throw new Refused(body.refusal);
  if (!body.seatId || !body.document || !cookie)
    throw new Error(`/api/join answered ${response.status} without a seat`);
  return { door: { origin, cookie }, seat: body.seatId, document: body.document };
}
