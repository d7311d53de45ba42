import { resolve } from 'node:path';
import type { OwnCertificate } from './tls/own-certificate.ts';
import { parseTrustedProxy, type TrustedProxy } from './http/client-address.ts';

export interface Config {
  readonly port: number;
  readonly host: string | undefined;
  /** Public origin such as `https://forum.example`; undefined: taken from each request. */
  readonly origin: string | undefined;
  /** Where https is spoken with a certificate of this machine's own, `port` leading over to it; absent: nowhere. */
  readonly httpsPort?: number | undefined;
  /** The one that it is spoken with; known once the server starts. */
  readonly certificate?: OwnCertificate | undefined;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  /** Bearer token for `/metrics` from other machines. */
  readonly metricsToken?: string | undefined;
  /** Whose word about the client's address is taken; absent: nobody's. */
  readonly trustedProxy?: TrustedProxy;
}

const HTTPS = '--https';
const HTTPS_BESIDE = 443; // 3443 beside 3000

/** Thrown for what the operator has to mend; its message is one line that says how. */
export class ConfigError extends Error {}

/** Reads the environment once, at the edge. Refuses what could not work with one line that names the variable. */
export function readConfig(
  env: Record<string, string | undefined> = process.env,
  args: readonly string[] = [],
): Config {
  const port = readPort(env, 'PORT', 3000);
  const origin = readOrigin(env.ORIGIN);
  for (const arg of args) if (arg !== HTTPS) throw new ConfigError(`there is no option “${arg}”: only ${HTTPS}`);
  if (args.includes(HTTPS) && origin?.startsWith('http:')) {
    throw new ConfigError(`with ${HTTPS}, ORIGIN must begin with https://, not “${origin}”`);
  }
  return {
    port,
    httpsPort: args.includes(HTTPS) ? readPort(env, 'HTTPS_PORT', port === 0 ? 0 : port + HTTPS_BESIDE) : undefined,
    host: env.HOST || undefined,
    origin,
    dataDir: resolve(env.DATA_DIR || 'data'),
    databaseUrl: readUrl(
      'DATABASE_URL',
      env.DATABASE_URL,
      ['postgres:', 'postgresql:'],
      'postgres://user@host/database',
    ),
    redisUrl: readUrl('REDIS_URL', env.REDIS_URL, ['redis:', 'rediss:'], 'redis://host:6379'),
    metricsToken: env.METRICS_TOKEN || undefined,
    trustedProxy: readTrustedProxy(env.TRUSTED_PROXY),
  };
}

function readPort(env: Record<string, string | undefined>, name: string, otherwise: number): number {
  const port = env[name]?.trim() ? Number(env[name]) : otherwise;
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigError(`${name} must be a number from 0 to 65535, not “${env[name] ?? port}”`);
}

function readOrigin(value: string | undefined): string | undefined {
  if (!value) return undefined;
  const url = URL.parse(value);
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.origin !== value.replace(/\/$/, '')) {
    throw new ConfigError(`ORIGIN must be like https://forum.example (scheme and host, no path), not “${value}”`);
  }
  return url.origin;
}

/** Never shown: a password may stand in it. */
function readUrl(
  name: string,
  value: string | undefined,
  protocols: readonly string[],
  such: string,
): string | undefined {
  if (!value) return undefined;
  if (protocols.includes(URL.parse(value)?.protocol ?? '')) return value;
  throw new ConfigError(`${name} must be an address such as ${such}`);
}

function readTrustedProxy(value: string | undefined): TrustedProxy {
  if (!value?.trim()) return null;
  const trusted = parseTrustedProxy(value);
  if (trusted) return trusted;
  throw new ConfigError(
    `TRUSTED_PROXY must be a number of proxies such as 1, or their addresses such as 127.0.0.1,10.0.0.0/8, not “${value}”`,
  );
}
