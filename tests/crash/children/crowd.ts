// A crowd in a process of its own, so that what it does costs the one who measures nothing. Argument: what it does, as JSON.
import { constants, setPriority } from 'node:os';
import { WebSocket } from 'ws';

export type Crowd =
  | { readonly kind: 'sockets'; readonly urls: readonly string[]; readonly cookie: string; readonly count: number }
  | {
      readonly kind: 'joins';
      readonly slug: string;
      readonly code: string;
      readonly count: number;
      readonly ms: number;
    };

/** How often each outcome came. */
export type Tally = Record<string, number>;

const AT_ONCE = 50;
const PATIENCE = 30_000; // ms
const LIVE_CONNECTED = '40{';
const LIVE_REFUSED = '44{';

setPriority(constants.priority.PRIORITY_LOW); // whoever comes has a machine of their own
const [origin = '', what = ''] = process.argv.slice(2);
const crowd = JSON.parse(what) as Crowd;
const tally: Tally = {};
const count = (outcome: string) => (tally[outcome] = (tally[outcome] ?? 0) + 1);

if (crowd.kind === 'sockets') await openSockets(crowd);
else await joinAll(crowd);
process.stdout.write(JSON.stringify(tally), () => process.exit(0));

/** All of one seat, on each address by turns; whoever is let in stays. */
async function openSockets({ urls, cookie, count: most }: Crowd & { kind: 'sockets' }): Promise<void> {
  const channels = urls.length;
  for (let opened = 0; opened < most; opened += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, most - opened) }, async (_, index) => {
      const channel = (opened + index) % channels;
      count(`${new URL(urls[channel]!).pathname.split('/')[1]} ${await knock(urls[channel]!, cookie)}`);
    });
    await Promise.all(batch);
  }
}

function knock(url: string, cookie: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url, { headers: { cookie, origin } });
    setTimeout(() => resolve('unanswered'), PATIENCE).unref();
    socket.on('unexpected-response', (_request, answer) => {
      answer.resume();
      resolve(`refused ${answer.statusCode}`);
    });
    socket.on('error', () => resolve('broken'));
    socket.on('close', () => resolve('closed'));
    const isLive = new URL(url).pathname === '/live';
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isLive) return resolve('let in');
      const packet = isBinary ? '' : data.toString();
      if (packet.startsWith('0{')) socket.send('40');
      if (packet === '2') socket.send('3');
      if (packet.startsWith(LIVE_CONNECTED)) resolve('let in');
      if (packet.startsWith(LIVE_REFUSED)) {
        resolve('told why');
        socket.terminate();
      }
    });
  });
}

/** Each with a browser of their own: the form, its answer, the page with the board. */
async function joinAll({ slug, code, count: most, ms }: Crowd & { kind: 'joins' }): Promise<void> {
  const began = performance.now();
  await Promise.all(
    Array.from({ length: most }, async (_, index) => {
      await new Promise((resolve) => setTimeout(resolve, (index * ms) / most));
      count(await join(index, slug, code).catch((error: unknown) => `failed: ${String(error)}`));
    }),
  );
  tally.seconds = Math.round((performance.now() - began) / 1_000);
}

async function join(index: number, slug: string, code: string): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE);
  const asked = await fetch(`${origin}/join/${code}`, { signal });
  const page = await asked.text();
  const id = /name="id"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="id"/.exec(page);
  const mark = cookiesOf(asked);
  const body = new URLSearchParams({ name: `Guest ${index}`, language: 'en', id: id?.[1] ?? id?.[2] ?? '' });
  const headers = { origin, cookie: mark, accept: 'text/html' };
  const sent = await fetch(`${origin}/join/${code}?/join`, {
    method: 'POST',
    body,
    headers,
    redirect: 'manual',
    signal,
  });
  const to = sent.headers.get('location') ?? '';
  if (sent.status !== 303 || !to.startsWith(`/forums/${slug}/workshops/`)) return `join ${sent.status} ${to}`;
  const cookie = `${mark}; ${cookiesOf(sent)}`;
  const seated = await fetch(`${origin}${to}`, { headers: { cookie }, redirect: 'manual', signal });
  await seated.text();
  return seated.status === 200 ? 'seated' : `page ${seated.status}`;
}

function cookiesOf(answer: Response): string {
  const lines = answer.headers.getSetCookie();
  return lines.map((line) => line.split(';')[0]).join('; ');
}
