import { setTimeout as wait } from 'node:timers/promises';
import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Refusal } from '#domain/refusal.ts';
import { Refused } from '#server/cli/command.ts';
import { ConfigError } from '#server/config.ts';
import type { Door } from './board-client.ts';
import type { Member } from './cast.ts';
import { Device, type Answer } from './device.ts';

export interface SeatAtRoom {
  readonly door: Door;
  readonly seat: SeatId;
  readonly document: string;
}

const TRIES = 20;
const BETWEEN_TRIES = 500; // ms; together as long as a server takes to start again

/** Takes a seat as anybody does who types the code: `POST /api/join`. Tries again while the server does not answer. */
export async function join(origin: string, forum: Forum, member: Member): Promise<SeatAtRoom> {
  const device = new Device(origin);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await device
      .post(`${origin}/api/join`, { origin }, { code: forum.joinCode, ...member })
      .catch(() => null);
    if (answer && answer.status !== 503) return seatFrom(answer, origin, device); // 503: one that is starting
    if (attempt === TRIES) throw new ConfigError(`the server at ${origin} does not answer any more`);
    await wait(BETWEEN_TRIES);
  }
}

function seatFrom(answer: Answer, origin: string, device: Device): SeatAtRoom {
  const body = JSON.parse(answer.body) as { seatId?: SeatId; document?: string; refusal?: Refusal };
  const cookie = answer.headers['set-cookie']?.[0]?.split(';', 1)[0];
  if (body.refusal) throw new Refused(body.refusal);
  if (!body.seatId || !body.document || !cookie) throw new Error(`/api/join answered ${answer.status} without a seat`);
  return { door: { origin, cookie, device }, seat: body.seatId, document: body.document };
}
