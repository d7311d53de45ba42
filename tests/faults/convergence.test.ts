import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { SyncClient } from '../integration/sync-client.ts';
import { BOARD, SyncRig, until } from '../integration/sync-rig.ts';

const RUNS = Number(process.env.RUNS ?? 40);
const SEED = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

type Step =
  | { readonly kind: 'insert'; readonly who: number; readonly at: number; readonly text: string }
  | { readonly kind: 'delete'; readonly who: number; readonly at: number; readonly length: number }
  | { readonly kind: 'undo' | 'leave' | 'return'; readonly who: number }
  | { readonly kind: 'failCommits' | 'loseAnswers' | 'mend' | 'settle' };

const who = fc.nat(7);
const at = fc.nat(1_000);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('insert' as const),
      who,
      at,
      text: fc.constantFrom('a', 'bc', 'ё', '😀', 'ارد'),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ kind: fc.constant('delete' as const), who, at, length: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('undo' as const), who }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('leave' as const, 'return' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('failCommits' as const, 'loseAnswers' as const, 'mend' as const, 'settle' as const),
    }),
  },
);

test(
  `[Y1] ${RUNS} random histories of edits, undo, absence, failing commits and unloading end equal everywhere`,
  { timeout: 900_000 + RUNS * 3_000 },
  async () => {
    let faults = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 2, max: 5 }),
        fc.array(step, { minLength: 20, maxLength: 120 }),
        async (people, steps) => {
          const rig = await SyncRig.start({ idleAfter: 0, compactAbove: 10 });
          try {
            const clients = Array.from({ length: people }, (_, index) => rig.client(`seat000${index}`));
            const undo = clients.map(({ text }) => new Y.UndoManager(text, { captureTimeout: 0 }));
            for (const next of steps) {
              if (next.kind === 'failCommits' || next.kind === 'loseAnswers') faults += 1;
              await run(next, rig, clients, undo);
            }
            rig.documents.fail(null);
            for (const { provider } of clients) provider.connect();
            await until(() => clients.every(({ isSaved }) => isSaved), 'everything is saved');
            const state = ({ doc }: { doc: Y.Doc }) => Y.snapshot(doc);
            const copy = { doc: await rig.sync.read(BOARD) };
            await until(
              () => clients.every((client) => Y.equalSnapshots(state(client), state(copy))),
              'all hold what the server holds',
            );
            for (const client of clients) expect(client.content).toBe(copy.doc.getText('text').toString());
          } finally {
            await rig.close();
          }
        },
      ),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    console.log(`${RUNS} histories, ${faults} storage faults, seed ${SEED}`);
    expect(faults).toBeGreaterThan(0);
  },
);

async function run(
  next: Step,
  rig: SyncRig,
  clients: readonly SyncClient[],
  undo: readonly Y.UndoManager[],
): Promise<void> {
  const index = 'who' in next ? next.who % clients.length : 0;
  const { text, provider } = clients[index]!;
  switch (next.kind) {
    case 'insert':
      return text.insert(next.at % (text.length + 1), next.text);
    case 'delete': {
      const from = next.at % (text.length + 1);
      return text.delete(from, Math.min(next.length, text.length - from));
    }
    case 'undo':
      return void undo[index]!.undo();
    case 'leave':
      return provider.disconnect();
    case 'return':
      return provider.connect();
    case 'failCommits':
      return rig.documents.fail('disk full');
    case 'loseAnswers':
      return rig.documents.fail('the answer was lost', { afterCommit: true });
    case 'mend':
      return rig.documents.fail(null);
    case 'settle':
      return new Promise((resolve) => setTimeout(resolve, 10));
  }
}
