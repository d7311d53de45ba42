import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SeatId, ThemeId } from '#domain/ids.ts';
import { addTheme } from '#protocol/board/edit.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { startServices } from '#server/services.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { furnish, isBuilt } from '../faults/hall.ts';
import { SyncClient } from '../integration/sync-client.ts';
import { until } from '../integration/sync-rig.ts';
import { ServerProcess } from '../rig/server-process.ts';

const VERSIONS = '/usr/lib/postgresql';
const versions = existsSync(VERSIONS) ? readdirSync(VERSIONS).sort((a, b) => Number(a) - Number(b)) : [];
const BIN = join(VERSIONS, versions.at(-1) ?? 'none', 'bin');
const isRoot = process.getuid?.() === 0;
const RESTARTS = Number(process.env.RESTARTS ?? 2);
const WRITER = { seat: 'writer000001' as SeatId, at: 1, origin: null };

/** A PostgreSQL of this test's own, which it may stop. */
class OwnPostgres {
  readonly folder = mkdtempSync(join(tmpdir(), 'dastarkhan-postgres-'));
  url = '';
  #port = 0;

  async make(): Promise<void> {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    this.#port = (free.address() as AddressInfo).port;
    await new Promise((resolve) => free.close(resolve));
    if (isRoot) {
      const id = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout);
      chownSync(this.folder, id('-u'), id('-g'));
    }
    this.#run('initdb', '-D', join(this.folder, 'data'), '-A', 'trust', '-U', 'dastarkhan');
    this.url = `postgres://dastarkhan@127.0.0.1:${this.#port}/postgres`;
  }
  start(): void {
    const options = `-p ${this.#port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${this.folder}`;
    this.#run('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-l', join(this.folder, 'log'), '-o', options, 'start');
  }
  stop(mode: 'fast' | 'immediate'): void {
    this.#run('pg_ctl', '-D', join(this.folder, 'data'), '-w', '-m', mode, 'stop');
  }
  #run(program: string, ...args: string[]): void {
    const command = isRoot ? ['runuser', '-u', 'postgres', '--', join(BIN, program)] : [join(BIN, program)];
    const { status, stderr } = spawnSync(command[0]!, [...command.slice(1), ...args], {
      encoding: 'utf8',
      cwd: '/',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program}: ${stderr}`);
  }
}

describe.skipIf(!isBuilt || !existsSync(join(BIN, 'pg_ctl')))('PostgreSQL that restarts under a working server', () => {
  const postgres = new OwnPostgres();
  beforeAll(async () => {
    await postgres.make();
    postgres.start();
  });
  afterAll(() => {
    try {
      postgres.stop('immediate');
    } finally {
      rmSync(postgres.folder, { recursive: true, force: true });
    }
  });

  test(
    `[U10] ${RESTARTS} times: the server is not ready and then ready again, never ends, and loses nothing acknowledged`,
    { timeout: 900_000 + RESTARTS * 30_000 },
    async () => {
      const config = { port: 0, host: undefined, origin: undefined, dataDir: '', redisUrl: undefined };
      const services = await startServices({ ...config, databaseUrl: postgres.url } as never);
      const { guests, forum } = await furnish(services, 1, 1);
      await services.close();
      const [guest] = guests;
      const server = new ServerProcess({ DATABASE_URL: postgres.url }, undefined, { supervised: true });
      await server.start();
      const cookie = guest!.cookie;
      const board = new SyncClient(`${server.origin.replace('http', 'ws')}/sync`, null, {
        document: guest!.document,
        headers: { cookie, origin: server.origin },
      });
      let written = 0;
      const type = () => {
        written += 1;
        const id = `theme${String(written).padStart(8, '0')}` as ThemeId;
        addTheme(board.doc, { id, title: { text: `Idea ${written}`, lang: 'en' } }, WRITER);
      };
      const typing = setInterval(type, 50);
      // pages ask the database all the time, so that connections are in use when they drop
      let isOver = false;
      const statuses = new Set<number>();
      const visitor = async () => {
        while (!isOver) {
          const paths = ['/', `/join/${forum.joinCode}`, `/forums/${forum.slug}`];
          await Promise.all(
            paths.map((path) =>
              fetch(`${server.origin}${path}`, { headers: { cookie } }).then(
                async (answer) => {
                  statuses.add(answer.status);
                  await answer.arrayBuffer();
                },
                () => undefined,
              ),
            ),
          );
        }
      };
      const visitors = Promise.all([visitor(), visitor(), visitor()]);
      const readiness = () =>
        fetch(`${server.origin}/readyz`).then(
          ({ status }) => status,
          () => 0,
        );
      try {
        await until(() => board.durable > 5, 'edits are acknowledged');
        for (let restart = 1; restart <= RESTARTS; restart += 1) {
          postgres.stop(restart % 2 ? 'fast' : 'immediate');
          await until(async () => (await readiness()) === 503, 'the server says that it cannot store');
          await until(() => !board.isSaved, 'what is written is not called saved');
          expect((await fetch(`${server.origin}/healthz`)).status).toBe(200);
          postgres.start();
          await until(async () => (await readiness()) === 200, 'the server is ready again');
          const from = written;
          await until(() => written > from + 10, 'they write on');
        }
        clearInterval(typing);
        await until(() => board.isSaved, 'everything is saved in the end');
        isOver = true;
        await visitors;
        expect(server.stderr).not.toMatch(/ended unexpectedly|^\s+at .*:\d+/m);
        expect(await server.stop()).toBe(0);
        const storage = await openStorage({ dataDir: '', databaseUrl: postgres.url });
        const stored = boardShape(await loadDocument(storage.documents, guest!.document)).themes;
        await storage.close();
        expect(stored.size).toBe(written);
        console.log(
          `${RESTARTS} restarts, ${written} edits, 0 lost; pages answered ${[...statuses].sort().join(', ')}`,
        );
      } finally {
        isOver = true;
        clearInterval(typing);
        board.destroy();
        await server.remove();
      }
    },
  );
});
