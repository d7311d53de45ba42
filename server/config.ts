import { resolve } from 'node:path';

export interface Config {
  readonly port: number;
  readonly host: string | undefined;
  /** Public origin such as `https://forum.example`; undefined: taken from each request. */
  readonly origin: string | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Bearer token for `/metrics` from other machines. */
  readonly metricsToken?: string | undefined;
}

/** Thrown for what the operator has to mend; its message is one line that says how. */
export class ConfigError extends Error {}

/** Reads the environment once, at the edge. Refuses what could not work with one line that names the variable. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
  const port = Number(env.PORT ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`PORT must be a number from 0 to 65535, not “${env.PORT}”`);
  }
  return {
    port,
    host: env.HOST || undefined,
    origin: readOrigin(env.ORIGIN),
    dataDir: resolve(env.DATA_DIR || 'data'),
    databaseUrl: env.DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    metricsToken: env.METRICS_TOKEN || undefined,
  };
}

function readOrigin(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.origin !== value.replace(/\/$/, '')) {
    throw new ConfigError(`ORIGIN must be like https://forum.example (scheme and host, no path), not “${value}”`);
  }
  return url.origin;
}
