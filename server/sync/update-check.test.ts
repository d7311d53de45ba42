import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { bringsNews, ClientOwners, decodeUpdate, isGapless } from './update-check.ts';

function recorded(write: (doc: Y.Doc) => void): { doc: Y.Doc; updates: Uint8Array[] } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  write(doc);
  return { doc, updates };
}

const holding = (...updates: Uint8Array[]) => {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  return doc;
};
const clockOf = (doc: Y.Doc) => (client: number) => Y.getState(doc.store, client);

const { doc, updates } = recorded((edited) => {
  const text = edited.getText('text');
  text.insert(0, 'one');
  text.insert(3, ' two');
  text.delete(0, 2);
});

describe('what an update brings', () => {
  test('[Y8] structs and deletions that are known are no news, each unknown one is', () => {
    const [first, second, deletion] = updates.map((update) => decodeUpdate(update)!);
    const server = holding(updates[0]!, updates[1]!);
    expect(bringsNews(server, first!)).toBe(false);
    expect(bringsNews(server, second!)).toBe(false);
    expect(bringsNews(server, deletion!)).toBe(true);
    Y.applyUpdate(server, updates[2]!);
    expect(bringsNews(server, deletion!)).toBe(false);
    expect(bringsNews(server, decodeUpdate(Y.encodeStateAsUpdate(doc))!)).toBe(false);
    expect(bringsNews(new Y.Doc(), deletion!)).toBe(true);
  });

  test('[Y8] an update is gapless only when its clocks, origins and deletions are known', () => {
    const [first, second, deletion] = updates.map((update) => decodeUpdate(update)!);
    const empty = clockOf(new Y.Doc());
    expect(isGapless(first!, empty)).toBe(true);
    expect(isGapless(second!, empty)).toBe(false);
    expect(isGapless(deletion!, empty)).toBe(false);
    expect(isGapless(second!, clockOf(holding(updates[0]!)))).toBe(true);
    const other = holding(...updates);
    const answer = recorded((edited) => {
      Y.applyUpdate(edited, Y.encodeStateAsUpdate(other));
      edited.getText('text').insert(1, '!');
    }).updates.at(-1)!;
    expect(isGapless(decodeUpdate(answer)!, empty)).toBe(false);
    expect(isGapless(decodeUpdate(answer)!, clockOf(other))).toBe(true);
  });

  test('[Y6] a clientID belongs to the seat that first wrote under it', () => {
    const owners = new ClientOwners();
    const [first, second] = updates.map((update) => decodeUpdate(update)!);
    expect(owners.claim(first!, () => 0, 'seat0001' as SeatId)).toBe(true);
    expect(owners.claim(second!, () => 3, 'seat0002' as SeatId)).toBe(false);
    expect(owners.claim(second!, () => 3, 'seat0001' as SeatId)).toBe(true);
    expect(owners.claim(second!, () => 99, 'seat0002' as SeatId)).toBe(true); // only repeats what is known
  });

  test('[Y7] 20,000 updates with bytes changed at random are decoded or refused, never thrown', () => {
    const whole = Y.encodeStateAsUpdate(doc);
    let refused = 0;
    for (let run = 0; run < 20_000; run += 1) {
      const mutated = whole.slice(0, (run % whole.length) + 1);
      mutated[(run * 7) % mutated.length] = (run * 31) % 256;
      const decoded = decodeUpdate(mutated);
      if (!decoded) refused += 1;
      else if (isGapless(decoded, clockOf(doc))) bringsNews(doc, decoded);
    }
    expect(refused).toBeGreaterThan(1_000);
  });
});
