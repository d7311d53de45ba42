import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { Config } from '#server/config.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;
/** An address, or a name that only somebody in this network gives. Any other in a request may be made up, or a stranger's that points here. */
const OF_NETWORK =
  /^(\[[0-9a-f:.]{2,45}\]|\d{1,3}(\.\d{1,3}){3}|[a-z0-9_-]{1,63}|[a-z0-9._-]{1,240}\.(local|lan|home|internal|home\.arpa|test))$/i;
/**
 * Of containers, virtual machines and private networks over the internet: no guest's phone is there. Names as Linux, macOS and Windows
 * give them.
 */
const VIRTUAL =
  /^(docker|br-|veth|virbr|vmnet|vboxnet|lxc|lxd|cni|flannel|kube|podman|tun|tap|wg|utun|ppp|ipsec|zt|tailscale|nordlynx|bridge\d|awdl|llw|anpi|vethernet)|wsl|virtualbox|vmware|hyper-v|host-only|openvpn|wireguard|tap-windows|zerotier|tailscale|vpn|bluetooth/i;
/** Cards that VirtualBox and VMware put into their host, whatever the system calls them. */
const VIRTUAL_CARD = /^(0a:00:27|00:50:56:c0)/i;
const EVERYWHERE = new Set([undefined, '0.0.0.0', '::']);
/** Most likely first: what a hall's router gives, then other private networks, then whatever remains. */
const LIKELY = [/^192\.168\./, /^10\./, /^172\.(1[6-9]|2\d|3[01])\./];

export const isLoopback = (origin: string): boolean => LOOPBACK.test(new URL(origin).hostname);

/**
 * The origin to put into links and QR codes for other devices. Whoever runs a hall from its laptop looks at
 * `http://localhost`, which on a guest's phone is the phone: then it is this machine's address in the hall's network.
 */
export function guestOrigin(
  requested: string,
  config: Pick<Config, 'origin' | 'host'>,
  addresses: readonly string[] = networkAddresses(),
): string {
  return guestOrigins(requested, config, addresses)[0] ?? requested;
}

/** All that it could be, the likeliest first; at least one. A name that is not known to be ours goes into no link. */
export function guestOrigins(
  requested: string,
  { origin, host }: Pick<Config, 'origin' | 'host'>,
  addresses: readonly string[] = networkAddresses(),
): string[] {
  if (origin) return [origin];
  const url = new URL(requested);
  const isOurs = OF_NETWORK.test(url.hostname);
  if (isOurs && (!LOOPBACK.test(url.hostname) || !EVERYWHERE.has(host) || addresses.length === 0)) return [requested];
  const reachable = EVERYWHERE.has(host) ? addresses : [host ?? 'localhost'];
  return (reachable.length > 0 ? reachable : ['localhost']).map((address) => {
    url.hostname = address;
    return url.origin;
  });
}

/** This machine's addresses in networks that others are in too: first the one that it goes out by, if it goes out by a real one. */
export function networkAddresses(
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
  goesOutBy: string | null = defaultInterface(),
): string[] {
  const real = Object.entries(interfaces).flatMap(([name, addresses]) =>
    VIRTUAL.test(name)
      ? []
      : (addresses ?? [])
          .filter(({ family, internal, mac }) => family === 'IPv4' && !internal && !VIRTUAL_CARD.test(mac))
          .filter(({ address }) => !address.startsWith('169.254.')) // given to itself: nobody answered there
          .map(({ address }) => ({ name, address })),
  );
  const rank = ({ name, address }: { name: string; address: string }): number => {
    if (name === goesOutBy) return -1;
    const likely = LIKELY.findIndex((range) => range.test(address));
    return likely === -1 ? LIKELY.length : likely;
  };
  return real.sort((a, b) => rank(a) - rank(b)).map(({ address }) => address);
}

const GATEWAY = 0x2;

/** The interface of the default route with the least metric, where the system says so in a file (Linux). */
export function defaultInterface(table: string = routeTable()): string | null {
  const routes = table
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))
    .filter(([, to, , flags]) => to === '00000000' && (Number.parseInt(flags ?? '', 16) & GATEWAY) !== 0)
    .map(([name = '', , , , , , metric]) => ({ name, metric: Number(metric) }));
  return routes.sort((a, b) => a.metric - b.metric)[0]?.name ?? null;
}

function routeTable(): string {
  try {
    return readFileSync('/proc/net/route', 'utf8');
  } catch {
    return '';
  }
}
