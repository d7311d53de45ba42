import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import * as der from './der.ts';

export interface KeyAndCertificate {
  /** PEM. */
  readonly key: string;
  readonly certificate: string;
}

const DAY = 86_400_000;
const DAYS = 397; // more is refused by Apple's devices
const OID = {
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  commonName: '2.5.4.3',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;
const DIGITAL_SIGNATURE_AND_CERT_SIGN = 0x84;
const DNS_NAME = 2;
const IP_ADDRESS = 7;

/**
 * A certificate that signs itself (RFC 5280), for a laptop in a hall. Phones only take one that may sign others for a trusted one;
 * so that nobody who trusts it trusts this machine with other sites, it may sign for its own names alone.
 * `names`: host names and IPv4 addresses.
 */
export function selfSigned(names: readonly string[], now: number): KeyAndCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = der.sequence(der.oid(OID.ecdsaWithSha256));
  const subject = der.sequence(
    der.set(der.sequence(der.oid(OID.commonName), der.utf8(`Dastarkhan on ${names[0] ?? 'this machine'}`))),
  );
  const content = der.sequence(
    der.explicit(0, der.integer(Uint8Array.of(2))), // version 3
    der.integer(Buffer.concat([Uint8Array.of(1), randomBytes(15)])),
    algorithm,
    subject,
    der.sequence(der.time(new Date(now - DAY)), der.time(new Date(now + DAYS * DAY))),
    subject,
    publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, extensions(names)),
  );
  const signature = sign('sha256', content, { key: privateKey, dsaEncoding: 'der' });
  const certificate = der.sequence(content, algorithm, der.bits(signature));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${lines(certificate.toString('base64'))}\n-----END CERTIFICATE-----\n`,
  };
}

function extensions(names: readonly string[]): Buffer {
  const permitted = names.map((name) => der.sequence(isIPv4(name) ? ip(name, '255.255.255.255') : dns(name)));
  return der.sequence(
    extension(OID.basicConstraints, der.sequence(der.yes(), der.integer(Uint8Array.of(0))), true),
    extension(OID.keyUsage, der.bits(Uint8Array.of(DIGITAL_SIGNATURE_AND_CERT_SIGN), 2), true),
    extension(OID.extendedKeyUsage, der.sequence(der.oid(OID.serverAuth))),
    extension(OID.nameConstraints, der.sequence(der.explicit(0, Buffer.concat(permitted))), true),
    extension(OID.subjectAltName, der.sequence(...names.map((name) => (isIPv4(name) ? ip(name) : dns(name))))),
  );
}

const extension = (id: string, value: Uint8Array, isCritical = false): Buffer =>
  der.sequence(der.oid(id), ...(isCritical ? [der.yes()] : []), der.octets(value));

const dns = (name: string): Buffer => der.implicit(DNS_NAME, Buffer.from(name, 'ascii'));

const ip = (...dotted: string[]): Buffer =>
  der.implicit(IP_ADDRESS, Uint8Array.from(dotted.flatMap((each) => each.split('.').map(Number))));

const lines = (text: string): string => text.match(/.{1,64}/g)?.join('\n') ?? '';
