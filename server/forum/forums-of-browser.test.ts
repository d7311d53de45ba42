import { describe, expect, test, vi } from 'vitest';
import type { Forum } from '#domain/forum/forum.ts';
import type { Seat } from '#domain/forum/seat.ts';
import type { ForumId, SeatId } from '#domain/ids.ts';
import { CookieJar } from '#server/auth/cookies.ts';
import { forumsOfBrowser } from './forums-of-browser.ts';

const cookies = new CookieJar(undefined);

/** Every token is the name of its seat's forum; `gone…` has ended and `removed…` was taken away. */
function parts() {
  const seatOf = vi.fn(async (token: string): Promise<Seat | null> => {
    if (token.startsWith('gone')) return null;
    const removedAt = token.startsWith('removed') ? 1 : null;
    const forumId = token as ForumId;
    return { id: `seat-${token}` as SeatId, forumId, role: 'participant', accountId: null, joinedAt: 0, removedAt };
  });
  const byId = async (id: ForumId) => ({ id, from: `2027-01-${id.slice(-2)}` }) as Forum;
  return { cookies, devices: { seatOf }, forums: { byId } };
}

const header = (tokens: readonly string[], nameOf = (token: string) => token) =>
  tokens.map((token) => `${cookies.seat(nameOf(token) as ForumId)}=${token}`).join('; ');

const found = async (given: string | undefined) => (await forumsOfBrowser(parts(), given)).map(({ id }) => id);

describe('the forums of a browser', () => {
  test('[S48] are those in which it has a seat that counts, the latest first', async () => {
    expect(await found(undefined)).toEqual([]);
    expect(await found(header(['forum02', 'gone05', 'forum09', 'removed08', 'forum04']))).toEqual([
      'forum09',
      'forum04',
      'forum02',
    ]);
  });

  test('[S48] a token under another forum’s name is nobody’s', async () => {
    expect(await found(header(['forum02'], () => 'forum03'))).toEqual([]);
  });

  test('[S48] a header full of cookies costs no more than a few look-ups', async () => {
    const all = parts();
    const many = Array.from({ length: 99 }, (_, forum) => `forum${String(forum).padStart(2, '0')}`);
    const shown = await forumsOfBrowser(all, header(many));
    expect(all.devices.seatOf).toHaveBeenCalledTimes(12);
    expect(shown.map(({ id }) => id)).toEqual(['forum98', 'forum97', 'forum96', 'forum95', 'forum94']);
  });
});
