import { ConfigError } from '#server/config.ts';

/** Below it a checkpoint may lose committed transactions: https://sqlite.org/wal.html#walresetbug */
const LEAST_SQLITE = [3, 51, 3] as const;

/** Its makers took it back. */
const WITHDRAWN = '3.52.0';

export function refuseOldSqlite(version: string): void {
  if (version === WITHDRAWN) {
    throw new ConfigError(`SQLite ${version} was withdrawn by its makers: run npm install to get another`);
  }
  const parts = version.split('.').map(Number);
  for (const [place, least] of LEAST_SQLITE.entries()) {
    const part = parts[place] ?? 0;
    if (part > least) return;
    if (part < least) {
      throw new ConfigError(
        `SQLite ${version} can lose data; at least ${LEAST_SQLITE.join('.')} is needed: run npm install`,
      );
    }
  }
}
