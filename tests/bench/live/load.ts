import type { LiveOrders, Way } from './orders.ts';
import { Phone } from './phone.ts';

/** The phones of one measurement, as a process of their own. Orders come by IPC. */

const PATIENCE = 30_000; // ms
const AT_ONCE = 20; // of those who come without haste

const phones: Phone[] = [];

const orders: {
  [Name in keyof LiveOrders]: (...of: Parameters<LiveOrders[Name]>) => Promise<ReturnType<LiveOrders[Name]>>;
} = {
  come: async ({ ways, within }) => {
    const before = phones.length;
    if (within > 0) await overTime(ways, within);
    else
      for (let from = 0; from < ways.length; from += AT_ONCE)
        await Promise.all(ways.slice(from, from + AT_ONCE).map(come));
    let told = 0;
    const came = phones.slice(before).map((phone) => phone.told.then(() => (told += 1)));
    await Promise.race([Promise.all(came), sleep(PATIENCE)]);
    return { told };
  },
  leave: async ({ last }) => {
    for (const phone of phones.splice(-last)) phone.leave();
  },
  mark: async () => {
    for (const phone of phones) phone.bytes = phone.messages = 0;
  },
  received: async ({ last }) => {
    const bytes = phones.map((phone) => phone.bytes);
    const messages = phones.reduce((sum, phone) => sum + phone.messages, 0);
    return { total: bytes.reduce((sum, each) => sum + each, 0), most: Math.max(0, ...bytes.slice(-last)), messages };
  },
  ask: async ({ phone, command }) => ({ refused: refusalOf(await phones.at(phone)!.ask(command)) }),
  begin: async ({ phone, command, phones: count }) => {
    const asked = performance.now();
    const before = Math.max(-1, ...phones[0]!.heard.keys());
    const answer = phones.at(phone)!.ask(command);
    const known = () => [...phones[0]!.heard.keys()].find((began) => began > before);
    const heardBy = (began: number) => phones.slice(0, count).flatMap((each) => each.heard.get(began) ?? []);
    while (performance.now() - asked < PATIENCE) {
      const began = known();
      if (began !== undefined && heardBy(began).length === count) break;
      await sleep(2);
    }
    const refused = refusalOf(await answer);
    if (refused) throw new Error(`a step was refused: ${JSON.stringify(refused)}`);
    const heard = heardBy(known() ?? -1);
    return { last: Math.max(...heard) - asked, heard: heard.length };
  },
  askMany: async ({ phones: asking, commands }) => {
    let refused = 0;
    const left = [...commands];
    const work = async (phone: Phone) => {
      for (let command = left.shift(); command !== undefined; command = left.shift()) {
        const refusal = refusalOf(await phone.ask(command)) as { kind?: string; seconds?: number } | null;
        if (refusal?.kind === 'tooManyTries') {
          left.unshift(command);
          await sleep((refusal.seconds ?? 1) * 1_000);
        } else if (refusal) refused += 1;
      }
    };
    await Promise.all(asking.map((index) => work(phones.at(index)!)));
    return { refused };
  },
};

process.on('message', ({ id, order, of }: { id: number; order: keyof LiveOrders; of: never }) => {
  (orders[order] as (of: never) => Promise<unknown>)(of).then(
    (value) => process.send?.({ id, value }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));

async function overTime(ways: readonly Way[], within: number): Promise<void> {
  const start = performance.now();
  const moments = ways.map(() => start + within * Math.random()).toSorted((one, other) => one - other);
  const coming: Promise<void>[] = [];
  for (const [index, way] of ways.entries()) {
    await sleep(moments[index]! - performance.now());
    coming.push(come(way));
  }
  await Promise.all(coming);
}

async function come(way: Way): Promise<void> {
  const phone = new Phone(way.join ? { ...way, headers: { ...way.headers, cookie: await joined(way.join) } } : way);
  phones.push(phone);
  await Promise.race([phone.told, sleep(PATIENCE)]);
}

/** The cookie of a seat that was just given. */
async function joined({ url, form }: NonNullable<Way['join']>): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin },
    body: JSON.stringify(form),
  });
  if (!answer.ok) throw new Error(`nobody was let in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}

const refusalOf = (answer: unknown): unknown => (answer as { refused?: unknown } | null)?.refused ?? null;

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
}
