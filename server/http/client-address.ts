import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Whose word about the client's address is taken: this many proxies in a row, or proxies at these addresses. Null: nobody's. */
export type TrustedProxy = { readonly hops: number } | { readonly addresses: BlockList } | null;

const MOST_HOPS = 10;
/** More than a chain of proxies ever is; what somebody writes beyond costs nothing. */
const LONGEST_HEADER = 2_000;

/** `TRUSTED_PROXY`: a number of proxies, or addresses and networks with commas between them. Null when it is neither. */
export function parseTrustedProxy(value: string): Exclude<TrustedProxy, null> | null {
  if (/^\d+$/.test(value.trim())) {
    const hops = Number(value);
    return hops >= 1 && hops <= MOST_HOPS ? { hops } : null;
  }
  const addresses = new BlockList();
  for (const part of value.split(',')) {
    const [address = '', bits, more] = part.trim().split('/');
    const family = familyOf(address);
    if (!family || more !== undefined) return null;
    const longest = family === 'ipv4' ? 32 : 128;
    if (bits === undefined) addresses.addAddress(address, family);
    else if (/^\d{1,3}$/.test(bits) && Number(bits) <= longest) addresses.addSubnet(address, Number(bits), family);
    else return null;
  }
  return { addresses };
}

/**
 * Where a request comes from. `X-Forwarded-For` is written by whoever sends the request, and each proxy adds at its end whom it heard: so it
 * is read from the end, for as long as who wrote the entry is trusted. Without a trusted proxy it is not read at all.
 */
export function clientAddress(req: Pick<IncomingMessage, 'headers' | 'socket'>, trusted: TrustedProxy): string {
  const peer = plainAddress(req.socket.remoteAddress ?? '') ?? 'unknown';
  if (!trusted) return peer;
  const header = [req.headers['x-forwarded-for'] ?? []].flat().join(',').slice(-LONGEST_HEADER);
  const told = header.split(',').reverse();
  let address = peer;
  for (let hop = 0; hop < told.length; hop += 1) {
    const isTrusted = 'hops' in trusted ? hop < trusted.hops : isIn(trusted.addresses, address);
    const next = isTrusted ? plainAddress(told[hop] ?? '') : null;
    if (!next) break; // Nobody trusted says more, or it is no address.
    address = next;
  }
  return address;
}

/** What limits count by: an address, or the /64 that one household or phone has all of in IPv6. */
export function addressGroup(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = address.split('%', 1)[0]!.split('::');
  const groups = (text: string | undefined) => (text ? text.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const all = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group || '0', 16).toString(16))
    .join(':')}::/64`;
}

/** Without port, brackets and zone, and an IPv4 address as such however it was mapped. Null: no address. */
function plainAddress(text: string): string | null {
  const typed = text.trim().replace(/^"|"$/g, '');
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(typed)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+)(?::\d+)?$/.exec(typed)?.[1] ?? typed;
  const address = bare.split('%', 1)[0]!.toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(address)?.[1] ?? address;
  return isIP(mapped) ? mapped : null;
}

const familyOf = (address: string): 'ipv4' | 'ipv6' | null => {
  const version = isIP(address);
  return version === 4 ? 'ipv4' : version === 6 ? 'ipv6' : null;
};

function isIn(list: BlockList, address: string): boolean {
  const family = familyOf(address);
  return family !== null && list.check(address, family);
}
