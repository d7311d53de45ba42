import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { ReplayerAway, replayStates } from './replayer.ts';

const own = process.execPath;
afterEach(() => {
  process.execPath = own;
  vi.restoreAllMocks();
});

test('[Y22] a process that cannot start is no board that is too large: one line says why, and it starts when it can', async () => {
  const lines: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  const doc = new Y.Doc();
  doc.getText('words').insert(0, 'Wells');
  const rows = { snapshot: null, snapshotSeq: 0, updates: [Y.encodeStateAsUpdate(doc)] };
  process.execPath = '/nowhere/node';
  for (let time = 0; time < 2; time += 1) await expect(replayStates(rows, [1])).rejects.toBeInstanceOf(ReplayerAway);
  expect(lines).toEqual([
    expect.stringMatching(/^dastarkhan: the process that replays documents did not start: .*ENOENT/),
  ]);
  process.execPath = own;
  expect(await replayStates(rows, [1])).toHaveLength(1);
});
