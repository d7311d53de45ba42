import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import tls from 'node:tls';
import { originOf } from '#server/cli/command.ts';
import { ConfigError, type Config } from '#server/config.ts';
import { certificateFile } from '#server/tls/own-certificate.ts';
import type { Forum } from '#domain/forum/forum.ts';

export interface ServerInUse {
  readonly origin: string;
  /** Stops it if it was started here. */
  stop(): Promise<void>;
}

const START_LIMIT = 60_000; // a first start migrates

/** The server that runs on this data folder; otherwise one is started for as long as the demo lasts. */
export async function serverFor(config: Config, forum: Forum, wanted: string | null): Promise<ServerInUse> {
  trustOwnCertificate(config);
  const origin = await spokenAt(wanted ?? originOf(config));
  const answer = await knows(origin, forum);
  if (answer === 'knows') return { origin, stop: async () => undefined };
  if (wanted) {
    throw new ConfigError(
      answer === 'silent'
        ? `no server answers at ${wanted}: start one with the same DATA_DIR, or leave --origin out`
        : `the server at ${wanted} has other data: it needs the same DATA_DIR or DATABASE_URL`,
    );
  }
  return start(config, answer === 'silent' ? config.port : 0);
}

/** A server on this data folder that speaks https has a certificate which nobody else vouches for. */
function trustOwnCertificate({ dataDir }: Config): void {
  const file = certificateFile(dataDir);
  const own = existsSync(file) && /-----BEGIN CERTIFICATE-----[^]+/.exec(readFileSync(file, 'utf8'))?.[0];
  if (own) tls.setDefaultCACertificates([...tls.getCACertificates('default'), own]);
}

const get = (url: string) => fetch(url, { signal: AbortSignal.timeout(3_000), redirect: 'manual' });

/** Where the server there leads who asks by plain http, if it speaks https. */
async function spokenAt(origin: string): Promise<string> {
  const answer = await get(`${origin}/healthz`).catch(() => null);
  const way = URL.parse(answer?.headers.get('location') ?? '');
  return way?.protocol === 'https:' ? way.origin : origin;
}

/** A forum's own page is not there for strangers: what a server with these data knows is the forum's code. */
async function knows(origin: string, forum: Forum): Promise<'knows' | 'other' | 'silent'> {
  try {
    if ((await get(`${origin}/healthz`)).status !== 200) return 'other';
  } catch {
    return 'silent';
  }
  try {
    return (await get(`${origin}/join/${forum.joinCode}`)).ok ? 'knows' : 'other';
  } catch {
    return 'other';
  }
}

async function start(config: Config, port: number): Promise<ServerInUse> {
  // The way is this machine's own: behind a proxy's origin nothing would reach it.
  const { ORIGIN: _, ...environment } = process.env;
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../main.ts')], {
    env: { ...environment, PORT: String(port), DATA_DIR: config.dataDir },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  const origin = await ready(child, complaints);
  const stop = () => stopChild(child);
  process.once('exit', () => child.kill('SIGKILL'));
  return { origin, stop };
}

function ready(child: ChildProcess, complaints: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => reject(new ConfigError(`the server did not start: ${reason}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`no “ready” within ${START_LIMIT / 1000} seconds`);
    }, START_LIMIT);
    child.once('error', (error) => fail(error.message));
    child.once('exit', () => {
      clearTimeout(timer);
      fail(complaints.find((line) => line.startsWith('dastarkhan:')) ?? complaints.at(-1) ?? 'it ended');
    });
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const [, origin] = /^ready (\S+)$/.exec(line) ?? [];
      if (!origin) return;
      clearTimeout(timer);
      resolve(origin);
    });
  });
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
}
