import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { networkAddresses } from '#server/http/guest-origin.ts';
import { selfSigned, type KeyAndCertificate } from './certificate.ts';
import { spoken } from './spoken.ts';

const FILE = 'https.pem';
const RENEWED_BEFORE = 14 * 86_400_000; // ms
const HOST = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const certificateFile = (dataDir: string): string => join(dataDir, FILE);

export interface OwnCertificate extends KeyAndCertificate {
  /** SHA-256, as browsers show it. */
  readonly fingerprint: string;
  /** Its beginning, to be read aloud. */
  readonly words: string;
  /** Not the one of the last start: devices that trusted that one have to trust this one. */
  readonly isNew: boolean;
}

/** The names by which this machine is called in its own network. */
export function ownNames(addresses: readonly string[] = networkAddresses(), host: string = hostname()): string[] {
  const [name = ''] = host.toLowerCase().split('.');
  const hosts = HOST.test(name) && name !== 'localhost' ? [name, `${name}.local`] : [];
  return [...hosts, 'localhost', '127.0.0.1', ...addresses];
}

/** The one in the data folder; made when there is none, it ends soon, or this machine has another address by now. */
export function ownCertificate(dataDir: string, names: readonly string[], now: number): OwnCertificate {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = certificateFile(dataDir);
  const kept = read(file);
  if (kept && isGood(kept, names, now)) return described(kept, false);
  const made = selfSigned(names, now);
  writeFileSync(`${file}.new`, made.key + made.certificate, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
  return described(made, true);
}

function read(file: string): KeyAndCertificate | null {
  try {
    const [, key, certificate] = /^(-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----\n)([^]+)$/.exec(
      readFileSync(file, 'utf8'),
    ) ?? ['', '', ''];
    return key && certificate ? { key, certificate } : null;
  } catch {
    return null;
  }
}

function isGood({ key, certificate }: KeyAndCertificate, names: readonly string[], now: number): boolean {
  try {
    const read = new X509Certificate(certificate);
    if (!read.checkPrivateKey(createPrivateKey(key))) return false;
    if (now < read.validFromDate.getTime() || now > read.validToDate.getTime() - RENEWED_BEFORE) return false;
    return names.every((name) => (isIPv4(name) ? read.checkIP(name) : read.checkHost(name)) !== undefined);
  } catch {
    return false;
  }
}

function described(pair: KeyAndCertificate, isNew: boolean): OwnCertificate {
  const { fingerprint256 } = new X509Certificate(pair.certificate);
  return {
    ...pair,
    fingerprint: fingerprint256,
    words: spoken(Buffer.from(fingerprint256.replaceAll(':', ''), 'hex')),
    isNew,
  };
}
