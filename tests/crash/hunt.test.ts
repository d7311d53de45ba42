import { globSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WorkshopId } from '#domain/ids.ts';
import { furnish, isBuilt, servicesOn } from '../faults/hall.ts';
import { Seeded } from '../faults/seeded.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { ServerProcess } from '../rig/server-process.ts';
import { attack } from './attack.ts';
import { HonestClient } from './honest.ts';
import { Malformer } from './malformed.ts';
import { paths } from './targets.ts';

const REQUESTS = Number(process.env.REQUESTS ?? 2_400);
/** Of each run, so that what was found once is looked for ever after; SEED adds one. */
const SEEDS = [1_785, 20_261_126].concat(process.env.SEED ? [Number(process.env.SEED)] : []);
const AT_ONCE = 12;
const BUILT = join(import.meta.dirname, '../../build/client');
const STACK = /^\s+at .*:\d+/m;

describe.skipIf(!isBuilt)(`${REQUESTS} malformed requests`, () => {
  test(
    '[U7] end nothing, make nobody else wait and leave no stack in the log',
    // The same requests again: what the server does with them is the same, what else the machine does is not.
    { timeout: 900_000 + REQUESTS * 60, retry: 1 },
    async () => {
      const { server, forum, cookies, document, honestCookie } = await hall();
      try {
        await server.start();
        const port = Number(new URL(server.origin).port);
        const host = new URL(server.origin).host;
        const board = new SyncClient(`${server.origin.replace('http', 'ws')}/sync`, null, {
          document,
          headers: { cookie: honestCookie, origin: server.origin },
        });
        const workshop = WORKSHOP;
        const honest = new HonestClient({ origin: server.origin, cookie: honestCookie, forum, workshop, board });
        await honest.start();
        const stock = {
          host,
          paths: paths({ slug: forum.slug, id: workshop, room: document.slice('board/'.length), code: 'ABCDEFGH' }),
          files: globSync('**/*', { cwd: BUILT, exclude: (name) => /\.(br|gz)$/.test(name) }).map((file) => `/${file}`),
          sockets: [
            `/live?EIO=4&transport=websocket&workshop=${workshop}`,
            `/sync/${document}`,
            '/live',
            '/sync/board/x',
            '/nowhere',
            '/',
          ],
          cookies: [
            ...cookies,
            'locale=%',
            '=;=',
            `seat-x=${'y'.repeat(3_000)}`,
            '__proto__=1',
            'session="',
            'session=\x01',
          ],
        };
        const moments = new Map<string, number>();
        const answers = new Map<string, number>();
        const count = (of: Map<string, number>, what: string) => of.set(what, (of.get(what) ?? 0) + 1);
        for (const seed of SEEDS) {
          const lane = async (share: number, number: number) => {
            const random = new Seeded(seed + number); // of its own: the order in which lanes are served is not
            const malformer = new Malformer(random, stock);
            for (let sent = 0; sent < share; sent += 1) {
              const malformed = malformer.next();
              const [moment, answer] = await attack(port, malformed, random);
              count(moments, moment);
              count(answers, /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none');
            }
          };
          const share = Math.ceil(REQUESTS / SEEDS.length / AT_ONCE);
          await Promise.all(Array.from({ length: AT_ONCE }, (_, number) => lane(share, number)));
        }
        await honest.stop();
        const exits = server.stderr.match(/ended unexpectedly/g)?.length ?? 0;
        const tallies = Object.entries(honest.tallies);
        console.log(
          `seeds ${SEEDS.join(', ')}: ${sum(moments)} requests (${list(moments)}), answered ${list(answers)}; ${exits} exits; ` +
            tallies.map(([kind, each]) => `${each.answers} ${kind}s, longest ${each.longest} ms`).join('; '),
        );
        if (process.env.SHOW_LOG) console.log(server.stderr);
        expect(exits).toBe(0);
        expect(server.stderr.match(STACK)?.[0]).toBe(undefined);
        expect(answers.get('500')).toBe(undefined); // the fault is the request's, never the server's
        expect(honest.lost).toBe(0);
        expect(tallies.flatMap(([, { wrong }]) => wrong)).toEqual([]);
        expect(tallies.map(([kind, { slow }]) => [kind, slow])).toEqual(tallies.map(([kind]) => [kind, 0]));
        // a run in which nothing was tried, or nobody was there, proves nothing
        expect(sum(moments)).toBeGreaterThanOrEqual(REQUESTS);
        expect([...moments.keys()].length).toBeGreaterThanOrEqual(8);
        expect(Math.min(...tallies.map(([kind, each]) => (kind === 'join' ? 20 : each.answers)))).toBeGreaterThan(10);
      } finally {
        expect(await server.stop()).toBe(0);
        await server.remove();
      }
    },
  );
});

const WORKSHOP = 'workshop0001' as WorkshopId;

/** A forum with an honest guest and one who attacks, and another organizer who attacks from a forum of their own. */
async function hall() {
  const dataDir = mkdtempSync(join(tmpdir(), 'dastarkhan-hunt-'));
  const services = await servicesOn(dataDir);
  try {
    const { forum, guests } = await furnish(services, 2, 1);
    const [honest, attacker] = guests;
    const made = await services.accounts.create({
      email: 'x@example.org',
      name: 'X',
      password: 'long enough to be one',
    });
    if (!made.ok || !honest || !attacker) throw new Error('nobody is there');
    const { token } = await services.sessions.create(made.value);
    return {
      server: new ServerProcess({}, dataDir, { supervised: true }),
      forum,
      document: honest.document,
      honestCookie: honest.cookie,
      cookies: [attacker.cookie, `${services.cookies.session}=${token}`],
    };
  } finally {
    await services.close();
  }
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, each) => all + each, 0);
const list = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([what, times]) => `${what} ${times}`).join(', ');
