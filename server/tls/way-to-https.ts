import { X509Certificate } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { setHeaders } from '#server/http/headers.ts';
import { isHost } from '#server/http/host.ts';

export const CERTIFICATE = '/certificate.crt';

/** What answers at the plain port beside an https server: it leads over, and gives the certificate to whoever wants to trust it. */
export function wayToHttps(port: number, certificate: string): RequestListener {
  const file = new X509Certificate(certificate).raw;
  return (req, res) => {
    for (const end of [req, res]) end.on('error', () => undefined);
    setHeaders(res, undefined);
    req.resume();
    const { host } = req.headers;
    if (!isHost(host)) return void res.writeHead(400).end();
    if (req.url === CERTIFICATE) {
      const type = { 'content-type': 'application/x-x509-ca-cert', 'cache-control': 'no-store' };
      return void res.writeHead(200, type).end(file);
    }
    const name = (host ?? 'localhost').replace(/:\d+$/, '');
    const path = /^\/[^\\\r\n]*$/.test(req.url ?? '') ? req.url : '/';
    res.writeHead(307, { location: `https://${name}:${port}${path}`, 'cache-control': 'no-store' }).end();
  };
}
