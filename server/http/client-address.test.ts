import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isIP } from 'node:net';
import { readConfig } from '#server/config.ts';
import { addressGroup, clientAddress, parseTrustedProxy } from './client-address.ts';

const from = (remoteAddress: string | undefined, forwarded?: string | string[]) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;
const by = (trusted: string, remote: string, forwarded?: string) =>
  clientAddress(from(remote, forwarded), parseTrustedProxy(trusted));

describe('where a request comes from', () => {
  test('[A40] without a trusted proxy nobody’s word is taken', () => {
    expect(clientAddress(from('127.0.0.1', '203.0.113.9'), null)).toBe('127.0.0.1');
    expect(clientAddress(from('::ffff:192.0.2.7', '203.0.113.9'), null)).toBe('192.0.2.7');
    expect(clientAddress(from(undefined), null)).toBe('unknown');
  });

  test('[A40] so many entries are taken as there are proxies, from the end', () => {
    expect(by('1', '10.0.0.2', '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9');
    expect(by('2', '10.0.0.2', '6.6.6.6, 203.0.113.9, 10.0.0.1')).toBe('203.0.113.9');
    expect(by('2', '10.0.0.2', '203.0.113.9')).toBe('203.0.113.9');
    expect(by('1', '10.0.0.2')).toBe('10.0.0.2');
  });

  test('[A40] named proxies are believed, and nobody who is not named', () => {
    expect(by('127.0.0.1,10.0.0.0/8', '10.1.2.3', '6.6.6.6, 203.0.113.9, 127.0.0.1')).toBe('203.0.113.9');
    expect(by('10.0.0.0/8', '198.51.100.4', '203.0.113.9')).toBe('198.51.100.4');
    expect(by('fd00::/8', 'fd00::1', '2001:db8::7')).toBe('2001:db8::7');
    expect(by('127.0.0.1', '::ffff:127.0.0.1', '203.0.113.9')).toBe('203.0.113.9');
  });

  test('[A40] ports, brackets and quotes of other proxies are understood, and what is no address is not taken', () => {
    expect(by('1', '10.0.0.2', '203.0.113.9:51234')).toBe('203.0.113.9');
    expect(by('1', '10.0.0.2', '"[2001:db8::7]:443"')).toBe('2001:db8::7');
    for (const rubbish of ['', 'unknown', '<script>', '999.1.1.1', 'a'.repeat(100_000)]) {
      expect(by('1', '10.0.0.2', rubbish)).toBe('10.0.0.2');
    }
  });

  test('[A40] whatever the header, the answer is an address, and who is not trusted cannot choose it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (header) => {
        expect(isIP(by('3', '10.0.0.2', header))).toBeGreaterThan(0);
        expect(by('10.0.0.0/8', '198.51.100.4', header)).toBe('198.51.100.4');
        // A trusted proxy has added the last entry: nothing before it counts.
        expect(by('1', '10.0.0.2', `${header}, 203.0.113.9`)).toBe('203.0.113.9');
      }),
    );
  });

  test('[A40] a setting that means nothing is refused in one line', () => {
    for (const value of ['0', '11', 'yes', '10.0.0.0/33', '::/129', '10.0.0.1/8/9', 'localhost', '1,']) {
      expect(() => readConfig({ TRUSTED_PROXY: value })).toThrow(/^TRUSTED_PROXY must be [^\n]+$/);
    }
    expect(readConfig({}).trustedProxy).toBeNull();
    expect(readConfig({ TRUSTED_PROXY: '1' }).trustedProxy).toEqual({ hops: 1 });
  });

  test('[A40] of IPv6 a whole /64 counts as one place', () => {
    expect(addressGroup('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(addressGroup('2001:0db8:0001:0002::1')).toBe('2001:db8:1:2::/64');
    expect(addressGroup('2001:db8::1')).toBe('2001:db8:0:0::/64');
    expect(addressGroup('::1')).toBe('0:0:0:0::/64');
    expect(addressGroup('192.0.2.7')).toBe('192.0.2.7');
    expect(addressGroup('unknown')).toBe('unknown');
  });
});
