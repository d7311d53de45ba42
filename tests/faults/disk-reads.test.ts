import { expect, test } from 'vitest';
import { documentName } from '#protocol/document-name.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { hashToken } from '#server/auth/tokens.ts';
import { until } from '../integration/sync-rig.ts';
import { ServerProcess } from '../rig/server-process.ts';
import { FULL, READ_ONLY, type DiskFault } from './disk-faults.ts';
import { furnish, isBuilt, servicesOn } from './hall.ts';

const PATIENCE = 300_000; // ms for an answer; a PDF takes some seconds on a busy machine

for (const fault of [FULL, READ_ONLY]) {
  test.skipIf(!fault.isPossible || !isBuilt)(
    `[U13] a disk that is ${fault.name}: pages and files are read, who signs out or leaves is out, and then all is stored again`,
    () => run(fault),
  );
}

async function run(fault: DiskFault): Promise<void> {
  const dataDir = fault.folder();
  const hall = await furnished(dataDir);
  const server = new ServerProcess({}, dataDir);
  const ask = async (path: string, cookie: string, method: 'GET' | 'POST' = 'GET') => {
    const answer = await fetch(`${server.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        cookie,
        origin: server.origin,
        accept: 'text/html',
        ...(method === 'POST' && { 'content-type': TYPE }),
      },
      signal: AbortSignal.timeout(PATIENCE),
      ...(method === 'POST' && { body: '' }),
    });
    return { status: answer.status, set: answer.headers.getSetCookie().join(), bytes: (await answer.bytes()).length };
  };
  const statuses = async (paths: readonly string[], cookie: string) =>
    Object.fromEntries(await Promise.all(paths.map(async (path) => [path, (await ask(path, cookie)).status] as const)));
  try {
    await server.start();
    const release = await fault.begin(server.pid!, dataDir);
    try {
      await until(async () => (await ask('/readyz', '')).status === 503, 'the server says that it cannot store');
      const forum = `/forums/${hall.slug}`;
      const read = ['/', '/account', forum, `${forum}/people`, `${forum}/outcome`, `/api${forum}/outcome.pdf`];
      expect(await statuses(read, hall.organizer)).toEqual(Object.fromEntries(read.map((path) => [path, 200])));
      const versions = `/api${forum}/boards/board/faultroom001/versions`;
      expect(await statuses([versions], hall.organizer)).toEqual({ [versions]: 200 });
      expect(await statuses([forum], hall.guest)).toEqual({ [forum]: 200 });

      const out = await ask('/account?/signOut', hall.organizer, 'POST');
      expect(out.status).toBe(303);
      expect(out.set).toMatch(/=; .*max-age=0/i);
      expect((await ask('/account', hall.organizer)).status).toBe(303);
      const left = await ask('/leave', hall.guest, 'POST');
      expect(left.status).toBe(303);
      expect((await ask(forum, hall.guest)).status).not.toBe(200);
    } finally {
      await release();
    }
    await until(async () => (await ask('/readyz', '')).status === 200, 'the server says that it can store');
    await until(async () => (await tokensIn(dataDir, hall.tokens)) === 0, 'who went is removed from storage');
    expect((await ask('/account', hall.organizer)).status).toBe(303);
    expect(await server.stop()).toBe(0);
  } finally {
    await server.kill();
    fault.remove(dataDir);
  }
}

const TYPE = 'application/x-www-form-urlencoded';

/** A forum of which nobody has looked at a board or at the outcome yet. */
async function furnished(dataDir: string) {
  const services = await servicesOn(dataDir);
  try {
    const created = await services.accounts.create({
      ...{ email: 'organizer@example.org', name: 'Organizer', password: 'long enough to be one' },
    });
    if (!created.ok) throw new Error(created.refusal.kind);
    const { token } = await services.sessions.create(created.value);
    const { forum, guests } = await furnish(services, 1, 1, created.value);
    expect(await services.storage.documents.has(documentName({ kind: 'outcome', forum: forum.id }))).toBe(false);
    const guest = guests[0]!.cookie;
    return {
      slug: forum.slug,
      organizer: `${services.cookies.session}=${token}`,
      guest,
      tokens: [token, guest.slice(guest.indexOf('=') + 1)],
    };
  } finally {
    await services.close();
  }
}

async function tokensIn(dataDir: string, tokens: readonly string[]): Promise<number> {
  const storage = await openStorage({ dataDir, databaseUrl: undefined });
  try {
    return (await storage.sessions.ends(tokens.map(hashToken))).size;
  } finally {
    await storage.close();
  }
}
