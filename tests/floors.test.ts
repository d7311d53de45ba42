import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import Sqlite from 'better-sqlite3';
import { ConfigError } from '#server/config.ts';
import { refuseOldSqlite } from '#server/storage/sqlite/version.ts';

/** Below these a published hole or loss is known. */
const FLOORS: Record<string, string> = {
  ws: '8.21.1', // CVE-2026-48779, CVE-2026-62389
  'engine.io': '6.6.10', // CVE-2026-59725, CVE-2026-59724, CVE-2026-102599
  'socket.io-parser': '4.2.7', // CVE-2026-33151, CVE-2026-69185
  '@socket.io/cluster-engine': '0.1.1', // CVE-2026-102600
  '@sveltejs/kit': '2.69.1', // CVE-2026-40073, GHSA-wqjv-9729-c5q2
  'better-sqlite3': '12.8.0', // the first with SQLite 3.51.3
};
const NEEDED = ['ws', 'engine.io', 'socket.io-parser', '@sveltejs/kit', 'better-sqlite3'];

const lock = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8')) as {
  packages: Record<string, { version?: string }>;
};
const installed = Object.entries(lock.packages).flatMap(([path, { version = '' }]) => {
  const name = path.split('node_modules/').at(-1) ?? '';
  return name in FLOORS ? [{ path, name, version }] : [];
});

test('[U9] no package, at whatever depth, is older than where its known holes were closed', () => {
  expect(NEEDED.filter((name) => !installed.some((each) => each.name === name))).toEqual([]);
  expect(installed.filter(({ name, version }) => isBelow(version, FLOORS[name]!))).toEqual([]);
});

test('[U9] a version is compared by its numbers', () => {
  expect(['8.21.0', '8.9.9', '7.99.0', '8.21.1-beta.1'].filter((version) => !isBelow(version, '8.21.1'))).toEqual([]);
  expect(['8.21.1', '8.21.10', '8.100.0', '10.0.0'].filter((version) => isBelow(version, '8.21.1'))).toEqual([]);
});

test('[U9] SQLite that can lose what was committed is refused at start, and so is the release that was withdrawn', () => {
  for (const version of ['3.51.2', '3.50.99', '2.99.99', '3.52.0']) {
    expect(() => refuseOldSqlite(version), version).toThrow(ConfigError);
  }
  for (const version of ['3.51.3', '3.51.10', '3.52.1', '3.53.0', '4.0.0']) refuseOldSqlite(version);
  const database = new Sqlite(':memory:');
  refuseOldSqlite(database.prepare('select sqlite_version()').pluck().get() as string);
  database.close();
});

function isBelow(version: string, floor: string): boolean {
  const [numbers = '', prerelease] = version.split('-', 2);
  const parts = numbers.split('.').map(Number);
  for (const [place, least] of floor.split('.').map(Number).entries()) {
    const part = parts[place] ?? 0;
    if (part !== least) return part < least;
  }
  return prerelease !== undefined;
}
