import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ownCertificate, ownNames } from './own-certificate.ts';
import { spoken } from './spoken.ts';

const NOW = Date.now();
const DAY = 86_400_000;
const NAMES = ['laptop', 'laptop.local', 'localhost', '127.0.0.1', '192.168.1.5'];

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'dastarkhan-tls-'))));
afterEach(() => rmSync(folder, { recursive: true }));

test('[H16] a client that trusts the certificate reaches the machine by its names and addresses, and by no other', async () => {
  const { key, certificate } = ownCertificate(folder, NAMES, NOW);
  const server = createServer({ key, cert: certificate }, (_req, res) => res.end('here'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const reach = (servername: string, ca: string | undefined = certificate) =>
    new Promise<string>((resolve) => {
      const asked = request({ host: '127.0.0.1', port, servername, ca, headers: { host: servername } }, (res) => {
        res.resume().on('end', () => resolve('reached'));
      });
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed')).end();
    });
  expect(await reach('laptop.local')).toBe('reached');
  expect(await reach('localhost')).toBe('reached');
  expect(await reach('bank.example')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  const stranger = mkdtempSync(join(tmpdir(), 'dastarkhan-tls-'));
  expect(await reach('localhost', ownCertificate(stranger, NAMES, NOW).certificate)).not.toBe('reached');
  rmSync(stranger, { recursive: true });
  await new Promise((resolve) => server.close(resolve));
  const read = new X509Certificate(certificate);
  expect(read.checkIP('192.168.1.5')).toBe('192.168.1.5');
  expect(read.ca).toBe(true);
  expect(read.verify(read.publicKey)).toBe(true);
  expect((read.validToDate.getTime() - NOW) / DAY).toBeLessThan(398);
});

test('[H16] it is made once, for its owner’s eyes alone, and anew when it ends or the machine has another address', () => {
  const first = ownCertificate(folder, NAMES, NOW);
  expect(first.isNew).toBe(true);
  expect(statSync(join(folder, 'https.pem')).mode & 0o777).toBe(0o600);
  expect(ownCertificate(folder, NAMES, NOW + DAY)).toEqual({ ...first, isNew: false });
  expect(ownCertificate(folder, NAMES.slice(0, 3), NOW).fingerprint).toBe(first.fingerprint);
  const elsewhere = ownCertificate(folder, [...NAMES, '10.0.0.7'], NOW);
  expect(elsewhere).toMatchObject({ isNew: true });
  expect(elsewhere.fingerprint).not.toBe(first.fingerprint);
  expect(ownCertificate(folder, NAMES, NOW + 390 * DAY).isNew).toBe(true);
  for (const damage of ['', 'nonsense', readFileSync(join(folder, 'https.pem'), 'utf8').slice(0, 300)]) {
    writeFileSync(join(folder, 'https.pem'), damage);
    expect(ownCertificate(folder, NAMES, NOW).isNew).toBe(true);
  }
});

test('[H16] the fingerprint is said in five words, and differs with its first bits', () => {
  expect(spoken(Uint8Array.of(127, 0, 0, 1, 63, 84, 220, 193, 0, 0))).toBe('lusab babad gutih tugad babab');
  expect(ownNames(['10.0.0.7'], 'Aida-Laptop.lan')).toEqual([
    'aida-laptop',
    'aida-laptop.local',
    'localhost',
    '127.0.0.1',
    '10.0.0.7',
  ]);
  expect(ownNames([], 'ноутбук')).toEqual(['localhost', '127.0.0.1']);
});
