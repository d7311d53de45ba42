import type { IncomingMessage, ServerResponse } from 'node:http';

const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9.])?|\[[0-9a-f:.]{2,45}\])(?::\d{1,5})?$/i;

/** Without a configured origin the `Host` header goes into links: only what can be a host does. */
export const isHost = (value: string | undefined): boolean => value === undefined || HOST.test(value);

/** True when the request was answered, because nobody could be meant by its `Host`. */
export function refuseHost(req: IncomingMessage, res: ServerResponse, origin: string | undefined): boolean {
  if (origin !== undefined || isHost(req.headers.host)) return false;
  const answer = 'This address cannot be read. Open the one that the organizer gave you.\n';
  res.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(answer);
  return true;
}
