import { expect, test } from 'vitest';
import { guestOrigin, networkAddress } from './guest-origin.ts';

const open = { origin: undefined, host: undefined };

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  'guests cannot reach %s: their link has the address in the hall’s network',
  (requested) => {
    expect(guestOrigin(requested, open, '192.168.1.20')).toBe('http://192.168.1.20:3000');
    expect(guestOrigin(requested, { ...open, host: '0.0.0.0' }, '192.168.1.20')).toBe('http://192.168.1.20:3000');
  },
);

test('a configured origin, and one that the organizer reached from elsewhere, are kept', () => {
  const origin = 'https://forum.example';
  expect(guestOrigin('http://localhost:3000', { origin, host: undefined }, '192.168.1.20')).toBe(origin);
  expect(guestOrigin('http://table.local:3000', open, '192.168.1.20')).toBe('http://table.local:3000');
});

test('a server that listens on this machine only, or is in no network, says what was asked for', () => {
  const requested = 'http://localhost:3000';
  expect(guestOrigin(requested, { ...open, host: '127.0.0.1' }, '192.168.1.20')).toBe(requested);
  expect(guestOrigin(requested, open, null)).toBe(requested);
});

test('the address is not one of this machine’s own nor of a container bridge', () => {
  const at = (address: string, internal = false) => [
    { address, internal, family: 'IPv4' as const, netmask: '255.255.255.0', mac: '00:00:00:00:00:00', cidr: null },
  ];
  expect(networkAddress({ lo: at('127.0.0.1', true), docker0: at('172.17.0.1'), wlan0: at('10.0.0.7') })).toBe(
    '10.0.0.7',
  );
  expect(networkAddress({ lo: at('127.0.0.1', true), docker0: at('172.17.0.1') })).toBeNull();
});
