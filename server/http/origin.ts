import type { IncomingMessage } from 'node:http';

/**
 * Whether a socket's Origin is ours: exactly the configured one, or without one the host that the request was sent to. Browsers
 * always send it, so nothing that a foreign page opens gets through; programs that speak to us name it too.
 */
export function originAllowed(req: IncomingMessage, configured: string | undefined): boolean {
  const { origin, host } = req.headers;
  if (!origin || origin === 'null') return false;
  if (configured) return origin === configured;
  return origin === `http://${host}` || origin === `https://${host}`;
}
