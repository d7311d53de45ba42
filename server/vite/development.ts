import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import { guarded, inBackground } from '../process/boundary.ts';
import type { Services } from '../services.ts';

/**
 * `vite dev` with the same services on the same port: Vite's HTTP server carries the pages, `/sync` and `/live`.
 * A change below `server/` starts the services anew; open sockets reconnect by themselves.
 */
export function development(): Plugin {
  return {
    name: 'dastarkhan-development',
    apply: (_, { command, mode }) => command === 'serve' && mode !== 'test',
    configureServer(vite) {
      const http = vite.httpServer;
      if (!http) return;
      const running = new Running(vite);
      http.once('listening', () => inBackground('the services did not start', running.restart()));
      http.once('close', () => inBackground('the services did not stop', running.stop()));
      http.on('upgrade', (req, socket, head) => {
        socket.on('error', () => socket.destroy()); // first, whosever upgrade it is: a reset without a listener ends the process
        if (req.headers['sec-websocket-protocol']?.startsWith('vite-')) return;
        guarded(
          'an upgrade was not answered',
          () => running.now?.upgrade(req, socket, head) || socket.destroy(),
          () => socket.destroy(),
        )();
      });
      vite.middlewares.use((req, res: ServerResponse, next) => {
        guarded('a request was not answered', () => running.now?.request(req, res) || next(), next)();
      });
      vite.watcher.on('change', (file) => {
        if (file.startsWith(join(vite.config.root, 'server/')))
          inBackground('the services did not start', running.restart());
      });
    },
  };
}

/** One set of services at a time, started through Vite's module runner so that a restart sees changed code. */
class Running {
  now: Services | undefined;
  readonly #vite: ViteDevServer;
  #turn: Promise<void> = Promise.resolve();

  constructor(vite: ViteDevServer) {
    this.#vite = vite;
  }

  restart(): Promise<void> {
    return (this.#turn = this.#turn.then(() => this.#start()).catch((error) => this.#say(error)));
  }

  stop(): Promise<void> {
    return (this.#turn = this.#turn.then(() => this.now?.close()).catch((error) => this.#say(error)));
  }

  async #start(): Promise<void> {
    await this.now?.close();
    const environment = this.#vite.environments.ssr as unknown as {
      runner: { import(path: string): Promise<typeof import('../services.ts') & typeof import('../config.ts')> };
    };
    const { readConfig } = await environment.runner.import('/server/config.ts');
    const { startServices } = await environment.runner.import('/server/services.ts');
    this.now = await startServices(readConfig({ DATA_DIR: 'data', ...process.env }));
    const address = this.#vite.httpServer?.address();
    if (address && typeof address === 'object') {
      const at = `http://localhost:${address.port}`;
      this.now.rehearsals.reachedAt({ origin: at, at, certificates: null });
    }
    // svelte.config.js's emulated platform reads it there: Kit offers no other way in.
    (globalThis as Record<symbol, unknown>)[Symbol.for('dastarkhan.services')] = this.now;
    const link = await this.now.accounts.setUpLink();
    if (link) this.#vite.config.logger.info(`first organizer: /set-up/${link}`);
  }

  #say(error: unknown): void {
    this.#vite.config.logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
