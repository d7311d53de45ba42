import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { isIP } from 'node:net';
import { setHeaders } from '#server/http/headers.ts';
import { isHost } from '#server/http/host.ts';

export const CERTIFICATE = '/certificate.crt';

/**
 * What answers at the plain port beside an https server: it leads over, and gives the certificate to whoever wants to trust it. It leads to
 * a name that the certificate is for, or to the address at which it was reached: not to whatever a request says it came for.
 */
export function wayToHttps(port: number, certificate: string): RequestListener {
  const own = new X509Certificate(certificate);
  return (req, res) => {
    for (const end of [req, res]) end.on('error', () => undefined);
    setHeaders(res, undefined);
    req.resume();
    const { host } = req.headers;
    if (!isHost(host)) return void res.writeHead(400).end();
    if (req.url === CERTIFICATE) {
      const type = { 'content-type': 'application/x-x509-ca-cert', 'cache-control': 'no-store' };
      return void res.writeHead(200, type).end(own.raw);
    }
    const asked = (host ?? '').replace(/:\d+$/, '');
    const name = isNameOf(own, asked) ? asked : reachedAt(req.socket.localAddress);
    const path = /^\/[^\\\r\n]*$/.test(req.url ?? '') ? req.url : '/';
    res.writeHead(307, { location: `https://${name}:${port}${path}`, 'cache-control': 'no-store' }).end();
  };
}

function isNameOf(own: X509Certificate, name: string): boolean {
  const address = name.replace(/^\[|\]$/g, '');
  if (isIP(address) !== 0) return own.checkIP(address) !== undefined;
  return name !== '' && own.checkHost(name) !== undefined;
}

function reachedAt(address: string | undefined): string {
  const plain = address?.replace(/^::ffff:/, '').split('%', 1)[0] ?? 'localhost';
  return plain.includes(':') ? `[${plain}]` : plain;
}
