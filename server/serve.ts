import { once } from 'node:events';
import { createServer as createTlsServer } from 'node:https';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ConfigError, readConfig, type Config } from './config.ts';
import { answering, receive } from './http/doors.ts';
import { messageFiles } from './http/message-files.ts';
import { report } from './process/report.ts';
import { endWhenUnexpected, UNEXPECTED } from './process/unexpected.ts';
import type { Reached } from './rehearsal/rehearsals.ts';
import { startServices, type Services } from './services.ts';
import { certificateFile, ownCertificate, ownNames } from './tls/own-certificate.ts';
import { CERTIFICATE, wayToHttps } from './tls/way-to-https.ts';

/** What a request carries to the pages: hooks read it as `event.platform.req.services`. */
declare module 'node:http' {
  interface IncomingMessage {
    services?: Services;
    /** By `<locale>/<set>`: what else the page will ask for. */
    messageFiles?: ReadonlyMap<string, readonly string[]>;
  }
}

type PageHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => unknown;

const PROTOCOL = 'x-dastarkhan-protocol';
const HOST = 'x-dastarkhan-host';
const ADDRESS = 'x-dastarkhan-address';
/** For who connects and does not go on. Node looks only every 30 s by itself. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };
const DRAIN_LIMIT = 10_000; // a deploy must not wait longer for one stuck client
const PORT_PATIENCE = 2_000; // ms in which a server that just ended lets go of its port

const keepWhenUnexpected = endWhenUnexpected();
try {
  await serve(certified(readConfig(process.env, process.argv.slice(2))));
} catch (error) {
  if (error instanceof ConfigError) console.error(`dastarkhan: ${error.message}`);
  else console.error(`dastarkhan: the server could not start: ${String(error).split('\n', 1)[0]}`);
  process.exit(error instanceof ConfigError ? 1 : UNEXPECTED);
}

/** With the certificate of this machine, when it is to speak https. */
function certified(config: Config): Config {
  if (config.httpsPort === undefined) return config;
  const named = config.origin === undefined ? [] : [new URL(config.origin).hostname];
  return { ...config, certificate: ownCertificate(config.dataDir, [...ownNames(), ...named], Date.now()) };
}

async function serve(config: Config): Promise<void> {
  const pages = join(import.meta.dirname, '../build/handler.js');
  if (!existsSync(pages)) throw new ConfigError('the pages are not built yet: run `npm start`, which builds them');
  const services = await startServices(config);
  const server = await listen(config, services, pages).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  keepWhenUnexpected(async () => {
    server.close();
    await services.keep();
  });
  const { certificate } = config;
  const httpsPort = certificate && portOf(server);
  const way = certificate && (await openWay(config, portOf(server), certificate.certificate));
  const port = portOf(way ?? server);
  const origin = config.origin ?? (certificate ? `https://localhost:${httpsPort}` : `http://localhost:${port}`);
  services.rehearsals.reachedAt(reachedAt(config, portOf(server)));
  const link = await services.accounts.setUpLink();
  if (link) console.log(`first organizer: ${origin}/set-up/${link}`);
  const [reachable = origin, ...others] = services.guestOrigins(origin);
  if (reachable !== origin) console.log(`guests in this network: ${reachable}`);
  if (others.length > 0) console.log(`if that is not the hall's network: ${others.join(' ')} (set ORIGIN to choose)`);
  if (certificate) {
    console.log(`certificate${certificate.isNew ? ' (new)' : ''}: ${certificate.words}`);
    console.log(`certificate SHA-256: ${certificate.fingerprint}`);
    console.log(`to be trusted by devices: ${new URL(CERTIFICATE, `http://${new URL(reachable).hostname}:${port}`)}`);
  }
  flushCompileCache(); // a server that is killed keeps nothing at its end
  globalThis.gc?.(); // what starting has left behind: the first who comes would wait for it, and it would stay in memory with what is his
  console.log(`ready ${origin}`);
  process.send?.({ ready: port, ...(httpsPort && { https: httpsPort }) }, () => undefined);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_LIMIT).unref();
    server.close();
    way?.close();
    await services.close();
    server.closeAllConnections();
    way?.closeAllConnections();
    process.exit(0);
  };
  const stopOrFail = () =>
    void stop().catch((error: unknown) => {
      report('the server did not stop as it should', error);
      process.exit(1);
    });
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stopOrFail);
  process.on('message', (message) => message === 'stop' && stopOrFail());
}

async function listen(config: Config, services: Services, pages: string): Promise<Server> {
  // adapter-node reads these when it is imported. Over plain http it would otherwise take every form for a foreign one.
  process.env.PROTOCOL_HEADER = PROTOCOL;
  process.env.HOST_HEADER = HOST;
  process.env.ADDRESS_HEADER = ADDRESS;
  process.env.BODY_SIZE_LIMIT ??= '2M';
  if (!config.origin) delete process.env.ORIGIN;
  const { handler } = (await import(pathToFileURL(pages).href)) as { handler: PageHandler };
  const origin = config.origin ? new URL(config.origin) : null;
  const tls = config.certificate;
  const files = messageFiles(join(dirname(pages), 'weight.json'));
  const answer = answering((req, res) => {
    if (services.request(req, res)) return;
    req.headers[PROTOCOL] = origin ? origin.protocol.slice(0, -1) : tls ? 'https' : 'http';
    req.headers[HOST] = origin ? origin.host : (req.headers.host ?? 'localhost');
    req.headers[ADDRESS] = services.clientAddress(req);
    req.services = services;
    req.messageFiles = files;
    return handler(req, res, () => res.writeHead(404).end());
  });
  const server: Server = tls
    ? createTlsServer({ ...LIMITS, key: tls.key, cert: tls.certificate }, answer)
    : createServer(LIMITS, answer);
  await listening(server, config.httpsPort ?? config.port, config.host);
  receive(server, (req, socket, head) => services.upgrade(req, socket, head));
  return server;
}

/** The plain port beside an https server. */
async function openWay(config: Config, httpsPort: number, certificate: string): Promise<Server> {
  const server = createServer(LIMITS, wayToHttps(httpsPort, certificate));
  await listening(server, config.port, config.host);
  receive(server, () => false);
  return server;
}

/** Where who is on this machine asks for pages: behind a proxy's origin nothing would reach it. */
function reachedAt({ origin, host, certificate, dataDir }: Config, port: number): Reached {
  const here = host === undefined || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const at = `${certificate ? 'https' : 'http'}://${here.includes(':') ? `[${here}]` : here}:${port}`;
  return { origin: origin ?? at, at, certificates: certificate ? certificateFile(dataDir) : null };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** Once more for a while when the port is taken: the server before this one may just be letting go of it. */
async function listening(server: Server, port: number, host: string | undefined): Promise<void> {
  const until = performance.now() + PORT_PATIENCE;
  for (;;) {
    try {
      await once(server.listen(port, host), 'listening');
      return;
    } catch (error) {
      const failed = error as NodeJS.ErrnoException;
      if (failed.code !== 'EADDRINUSE' || performance.now() > until) throw listenError(failed, port, host);
      await sleep(100);
    }
  }
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string | undefined): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new ConfigError(`port ${port} is in use: stop what runs there, or choose another with PORT=${port + 1}`);
    case 'EACCES':
      return new ConfigError(`port ${port} may not be opened by this user: choose one above 1023 with PORT`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ConfigError(`HOST ${host} is not an address of this machine`);
    default:
      return error;
  }
}
