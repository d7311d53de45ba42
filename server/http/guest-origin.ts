import { networkInterfaces } from 'node:os';
import type { Config } from '#server/config.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** Bridges of containers and virtual machines: no guest's phone is there. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc)/;
const EVERYWHERE = new Set([undefined, '0.0.0.0', '::']);

/**
 * The origin to put into links and QR codes for other devices. Whoever runs a hall from its laptop looks at
 * `http://localhost`, which on a guest's phone is the phone: then it is this machine's address in the hall's network.
 */
export function guestOrigin(
  requested: string,
  { origin, host }: Pick<Config, 'origin' | 'host'>,
  address: string | null = networkAddress(),
): string {
  if (origin) return origin;
  const url = new URL(requested);
  if (!LOOPBACK.test(url.hostname) || !EVERYWHERE.has(host) || !address) return requested;
  url.hostname = address;
  return url.origin;
}

/** The first address of this machine in a network that others are in too. */
export function networkAddress(interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces()): string | null {
  const real = Object.entries(interfaces).filter(([name]) => !VIRTUAL.test(name));
  const found = real.flatMap(([, addresses]) => addresses ?? []).find((one) => one.family === 'IPv4' && !one.internal);
  return found?.address ?? null;
}
