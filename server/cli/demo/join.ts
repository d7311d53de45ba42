import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Door } from './board-client.ts';
import type { Member } from './cast.ts';

export interface SeatAtRoom {
  readonly door: Door;
  readonly seat: SeatId;
  readonly document: string;
}

/** Takes a seat as anybody does who types the code: `POST /api/join`. */
export async function join(origin: string, forum: Forum, member: Member): Promise<SeatAtRoom> {
  const response = await fetch(`${origin}/api/join`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ code: forum.joinCode, ...member }),
  });
  const body = (await response.json()) as { seatId?: SeatId; document?: string; refusal?: { kind: string } };
  const cookie = response.headers.getSetCookie()[0]?.split(';', 1)[0];
  if (!response.ok || !body.seatId || !body.document || !cookie) {
    throw new Error(`joining was answered with ${response.status} ${body.refusal?.kind ?? ''}`.trim());
  }
  return { door: { origin, cookie }, seat: body.seatId, document: body.document };
}
