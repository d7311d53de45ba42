import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inBackground } from '#server/process/boundary.ts';

/** What `/readyz` and `/metrics` report; each is asked anew for each request. */
export interface Vitals {
  /** Rejects, with a reason for the log, when edits could not be stored now. */
  ready(): Promise<void>;
  /** Name → value; names are Prometheus gauges without prefix. */
  gauges(): Record<string, number>;
  /** What `/metrics` asks for from other machines; undefined: it answers this one only. */
  readonly metricsToken?: string | undefined;
}

/** `/healthz` (the process answers), `/readyz` (it could store an edit now), `/metrics` (Prometheus text). False for other paths. */
export function answerHealth(req: IncomingMessage, res: ServerResponse, pathname: string, vitals: Vitals): boolean {
  if (req.method !== 'GET' && req.method !== 'HEAD') return false;
  switch (pathname) {
    case '/healthz':
      send(res, 200, 'ok\n');
      return true;
    case '/readyz':
      inBackground('readiness was not told', ready(res, vitals));
      return true;
    case '/metrics':
      if (!mayMeasure(req, vitals.metricsToken)) {
        res.setHeader('www-authenticate', 'Bearer');
        send(res, 401, 'metrics are for this machine, and for whoever sends METRICS_TOKEN as a bearer token\n');
      } else send(res, 200, prometheus({ ...vitals.gauges(), ...ofProcess() }));
      return true;
    default:
      return false;
  }
}

async function ready(res: ServerResponse, vitals: Vitals): Promise<void> {
  const isReady = await vitals.ready().then(
    () => true,
    () => false,
  );
  if (isReady) send(res, 200, 'ready\n');
  else send(res, 503, 'not ready: edits cannot be stored\n');
}

/** A proxy on this machine speaks for others, and says so. */
const FORWARDED = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'forwarded',
  'via',
] as const;
/** A stranger's name that leads here would let a page of theirs read along in a browser on this machine. */
const OWN_NAME = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d{1,5})?$/i;
const LOOPBACK = /^(::1|(::ffff:)?127(\.\d{1,3}){3})$/;

function mayMeasure({ headers, socket }: IncomingMessage, token: string | undefined): boolean {
  const [, sent] = /^Bearer (\S{1,1000})$/i.exec(headers.authorization ?? '') ?? [];
  if (sent !== undefined) return token !== undefined && timingSafeEqual(hashOf(sent), hashOf(token));
  if (!OWN_NAME.test(headers.host ?? 'localhost')) return false;
  return LOOPBACK.test(socket.remoteAddress ?? '') && FORWARDED.every((name) => headers[name] === undefined);
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();

function ofProcess(): Record<string, number> {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return {
    cpu_seconds: (userCPUTime + systemCPUTime) / 1e6, // reported in microseconds
    resident_memory_bytes: process.memoryUsage.rss(),
    peak_memory_bytes: maxRSS * 1024, // reported in kilobytes
  };
}

function prometheus(gauges: Record<string, number>): string {
  return Object.entries(gauges)
    .map(([name, value]) => `# TYPE dastarkhan_${name} gauge\ndastarkhan_${name} ${value}\n`)
    .join('');
}

function send(res: ServerResponse, status: number, body: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(body);
}
