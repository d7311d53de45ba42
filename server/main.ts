import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, readConfig, type Config } from './config.ts';
import { startServices, type Services } from './services.ts';

/** What a request carries to the pages: hooks read it as `event.platform.req.services` (DESIGN §8). */
declare module 'node:http' {
  interface IncomingMessage {
    services?: Services;
  }
}

type PageHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

const PROTOCOL = 'x-dastarkhan-protocol';
const HOST = 'x-dastarkhan-host';
/** For who connects and does not go on. Node looks only every 30 s by itself. */
const LIMITS = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 1_000 };
const DRAIN_LIMIT = 10_000; // a deploy must not wait longer for one stuck client

try {
  await serve(readConfig());
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(`dastarkhan: ${error.message}`);
  process.exit(1);
}

async function serve(config: Config): Promise<void> {
  const pages = join(import.meta.dirname, '../build/handler.js');
  if (!existsSync(pages)) throw new ConfigError('the pages are not built yet: run `npm start`, which builds them');
  const services = await startServices(config);
  const server = await listen(config, services, pages).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  const origin = config.origin ?? `http://localhost:${port}`;
  const link = await services.accounts.setUpLink();
  if (link) console.log(`first organizer: ${origin}/set-up/${link}`);
  const reachable = services.guestOrigin(origin);
  if (reachable !== origin) console.log(`guests in this network: ${reachable}`);
  console.log(`ready ${origin}`);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), DRAIN_LIMIT).unref();
    server.close();
    await services.close();
    server.closeAllConnections();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

async function listen(config: Config, services: Services, pages: string): Promise<Server> {
  // adapter-node reads these when it is imported. Over plain http it would otherwise take every form for a foreign one.
  process.env.PROTOCOL_HEADER = PROTOCOL;
  process.env.HOST_HEADER = HOST;
  process.env.BODY_SIZE_LIMIT ??= '2M';
  if (!config.origin) delete process.env.ORIGIN;
  const { handler } = (await import(pages)) as { handler: PageHandler };
  const server = createServer(LIMITS, (req, res) => {
    if (services.request(req, res)) return;
    const origin = config.origin ? new URL(config.origin) : null;
    req.headers[PROTOCOL] = origin ? origin.protocol.slice(0, -1) : 'http';
    req.headers[HOST] = origin ? origin.host : (req.headers.host ?? 'localhost');
    req.services = services;
    handler(req, res, () => res.writeHead(404).end());
  });
  server.on('upgrade', (req, socket, head) => {
    if (!services.upgrade(req, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, config)));
    server.listen(config.port, config.host, resolve);
  });
  return server;
}

function listenError(error: NodeJS.ErrnoException, { port, host }: Config): Error {
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
