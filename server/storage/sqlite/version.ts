import { ConfigError } from '#server/config.ts';

/** Below it a checkpoint may lose committed transactions: https://sqlite.org/wal.html#walresetbug */
const LEAST_SQLITE = [3, 51, 3] as const;

export function refuseOldSqlite(version: string): void {
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
