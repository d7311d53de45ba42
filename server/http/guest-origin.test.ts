import { expect, test } from 'vitest';
import { defaultInterface, guestOrigin, guestOrigins, networkAddresses } from './guest-origin.ts';

const open = { origin: undefined, host: undefined };
const HALL = ['192.168.1.20'];

test.each(['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
  '[H14] guests cannot reach %s: their link has the address in the hall’s network',
  (requested) => {
    expect(guestOrigin(requested, open, HALL)).toBe('http://192.168.1.20:3000');
    expect(guestOrigin(requested, { ...open, host: '0.0.0.0' }, HALL)).toBe('http://192.168.1.20:3000');
  },
);

test('[H14] a configured origin, and one that the organizer reached from elsewhere, are kept', () => {
  const origin = 'https://forum.example';
  expect(guestOrigin('http://localhost:3000', { origin, host: undefined }, HALL)).toBe(origin);
  expect(guestOrigin('http://table.local:3000', open, HALL)).toBe('http://table.local:3000');
});

test('[H17] a name that somebody else may have given goes into no link', () => {
  for (const name of ['evil.example', 'forum.example', 'a.b.c.d', '192.168.1.20.evil.example']) {
    expect(guestOrigins(`http://${name}:3000`, open, HALL)).toEqual(['http://192.168.1.20:3000']);
    expect(guestOrigins(`http://${name}:3000`, { ...open, host: '10.0.0.7' }, HALL)).toEqual(['http://10.0.0.7:3000']);
    expect(guestOrigins(`https://${name}`, open, [])).toEqual(['https://localhost']);
  }
  for (const own of ['table', 'table.lan', '10.1.2.3', '[fd00::1]']) {
    expect(guestOrigins(`http://${own}:3000`, open, HALL)).toEqual([`http://${own}:3000`]);
  }
});

test('[H14] a server that listens on this machine only, or is in no network, says what was asked for', () => {
  const requested = 'http://localhost:3000';
  expect(guestOrigin(requested, { ...open, host: '127.0.0.1' }, HALL)).toBe(requested);
  expect(guestOrigin(requested, open, [])).toBe(requested);
});

test('[H14] all that it could be are told, the likeliest first', () => {
  const both = ['192.168.1.20', '10.0.0.7'];
  expect(guestOrigins('http://localhost:3000', open, both)).toEqual([
    'http://192.168.1.20:3000',
    'http://10.0.0.7:3000',
  ]);
  expect(guestOrigins('http://table.local:3000', open, both)).toEqual(['http://table.local:3000']);
});

const at = (address: string, internal = false, mac = '00:00:00:00:00:00') => [
  { address, internal, family: 'IPv4' as const, netmask: '255.255.255.0', mac, cidr: null },
];
const lo = at('127.0.0.1', true);

test.each([
  'docker0',
  'br-3f2a',
  'veth12ab',
  'virbr0',
  'vboxnet0',
  'tun0',
  'tap0',
  'wg0',
  'utun3',
  'ppp0',
  'tailscale0',
  'zt5u4uptmb',
  'bridge100',
  'vEthernet (WSL)',
  'vEthernet (Default Switch)',
  'VirtualBox Host-Only Network',
  'VMware Network Adapter VMnet8',
  'OpenVPN TAP-Windows6',
  'Bluetooth Network Connection',
])('[H14] nobody’s phone is behind %j', (name) => {
  expect(networkAddresses({ lo, [name]: at('172.17.0.1'), wlan0: at('10.0.0.7') }, name)).toEqual(['10.0.0.7']);
  expect(networkAddresses({ lo, [name]: at('192.168.56.1') }, null)).toEqual([]);
});

test('[H14] a card of VirtualBox is known by its number, and an address that nobody gave is none', () => {
  const virtual = at('192.168.56.1', false, '0a:00:27:00:00:0b');
  expect(networkAddresses({ lo, 'Ethernet 2': virtual, Ethernet: at('169.254.7.7') }, null)).toEqual([]);
});

test('[H14] first comes the network that the machine goes out by, then what a hall’s router gives', () => {
  const interfaces = {
    lo,
    eth0: at('203.0.113.9'),
    eth1: at('172.20.0.4'),
    wlan0: at('192.168.1.20'),
    en1: at('10.1.1.1'),
  };
  const likely = ['192.168.1.20', '10.1.1.1', '172.20.0.4', '203.0.113.9'];
  expect(networkAddresses(interfaces, null)).toEqual(likely);
  expect(networkAddresses(interfaces, 'eth1')).toEqual(['172.20.0.4', '192.168.1.20', '10.1.1.1', '203.0.113.9']);
  expect(networkAddresses(interfaces, 'tun0')).toEqual(likely);
});

test('[H14] the default route is the one with the least metric through a gateway', () => {
  const table = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
    'eth0\t00000000\t0101A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0',
    'wlan0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'ppp0\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0',
  ].join('\n');
  expect(defaultInterface(table)).toBe('wlan0');
  for (const other of ['', 'garbage\n\n\t\t', table.split('\n')[0]!]) expect(defaultInterface(other)).toBeNull();
});
