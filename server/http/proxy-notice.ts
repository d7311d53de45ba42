import type { IncomingMessage } from 'node:http';

const NOTICE =
  'dastarkhan: a form came over https, but the server takes itself for one of plain http and refuses it. Behind a TLS proxy set ' +
  'ORIGIN to the address that people open, such as ORIGIN=https://forum.example, then start again';

/**
 * Says once what to set when browsers reach this server over https and `ORIGIN` does not say so: every form is refused then, because
 * its `Origin` is not the one that the server believes to have. Nothing of the request goes into the line.
 */
export class ProxyNotice {
  readonly #origin: string | undefined;
  readonly #say: (line: string) => void;
  #isSaid = false;

  constructor(origin: string | undefined, say: (line: string) => void = console.error) {
    this.#origin = origin;
    this.#say = say;
  }

  look(req: IncomingMessage): void {
    if (this.#isSaid || this.#origin !== undefined || req.method === 'GET' || req.method === 'HEAD') return;
    const { origin, host } = req.headers;
    if (!origin?.startsWith('https://') || !(origin === `https://${host}` || isForwardedHttps(req))) return;
    this.#isSaid = true;
    this.#say(NOTICE);
  }
}

function isForwardedHttps({ headers }: IncomingMessage): boolean {
  const forwarded = [headers['x-forwarded-proto'], headers.forwarded].flat().join(',').toLowerCase();
  return /(^|[\s,;=])"?https\b/.test(forwarded.slice(0, 1_000));
}
