import { fork } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeUpdate, SYNC_UPDATE } from '#protocol/sync.ts';
import { until } from '../integration/sync-rig.ts';
import { Visitor } from '../integration/visitor.ts';
import { Target } from './target.ts';

const EDITS = Number(process.env.FLOOD_EDITS ?? 100);
const BETWEEN = 8; // ms
const LEAST = 15; // ms: edits are gathered for up to 10, and a timer of this test comes some late; less than that is no “before”
const TRIES = 5;
const BOARD = 'board/flood0001';
const KINDS = [
  'who is here',
  'step 1',
  'step 1 of odd clocks',
  'step 2 that is known',
  'changes',
  'large changes',
  'presence',
  'an unknown kind',
  'nothing',
  'text',
  'pings',
  'pongs',
] as const;

describe('one participant floods', () => {
  let target: Target;
  let author: Visitor;
  let reader: Visitor;
  const told: string[] = [];
  beforeAll(async () => {
    target = await Target.start({ rules: true });
    await enter('warm');
    await latency(EDITS);
    leave();
  });
  afterAll(async () => {
    console.log(told.join('\n'));
    expect(await target.stop()).toBe('0');
    target.remove();
  });

  /** Others for each kind: who has written for a minute is read more slowly by itself. */
  async function enter(kind: string): Promise<void> {
    const seat = kind.replaceAll(' ', '').padEnd(8, '0');
    author = new Visitor(`${target.url}/${BOARD}?seat=author${seat}`);
    reader = new Visitor(`${target.url}/${BOARD}?seat=reader${seat}`);
    await Promise.all([author.entered(), reader.entered()]);
  }

  function leave(): void {
    for (const visitor of [author, reader]) visitor.leave();
  }

  /** Milliseconds at the 99th percentile from an edit to its arrival at somebody else. */
  async function latency(edits: number): Promise<number> {
    const doc = new Y.Doc();
    const sentAt = new Map<string, number>();
    const took: number[] = [];
    const hear = (data: Buffer) => {
      if (data[0] !== 0 || data[1] !== SYNC_UPDATE) return;
      const text = data.toString('latin1');
      for (const [mark, at] of sentAt) {
        if (!text.includes(mark)) continue;
        took.push(performance.now() - at);
        sentAt.delete(mark);
      }
    };
    reader.socket.on('message', hear);
    for (let edit = 0; edit < edits; edit += 1) {
      const mark = `mark${doc.clientID}x${edit};`;
      const before = Y.encodeStateVector(doc);
      doc.getMap('items').set('edit', mark);
      sentAt.set(mark, performance.now());
      author.send(encodeUpdate(Y.encodeStateAsUpdate(doc, before)));
      await new Promise((resolve) => setTimeout(resolve, BETWEEN));
    }
    await until(() => sentAt.size === 0, 'every edit has arrived');
    reader.socket.off('message', hear);
    return took.sort((a, b) => a - b)[Math.ceil(took.length * 0.99) - 1]!;
  }

  async function underFlood(kind: string): Promise<number> {
    const seat = `flooder${KINDS.indexOf(kind as (typeof KINDS)[number])}`;
    const flooder = fork(
      join(import.meta.dirname, 'flooder-process.ts'),
      [target.url.replace('ws:', 'http:'), `/sync/${BOARD}?seat=${seat}`, kind],
      { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] },
    );
    try {
      await new Promise((resolve) => flooder.once('message', resolve));
      await new Promise((resolve) => setTimeout(resolve, 300)); // the bursts that everybody has are over
      return await latency(EDITS);
    } finally {
      const gone = new Promise((resolve) => flooder.once('exit', resolve));
      flooder.kill('SIGKILL');
      await gone;
    }
  }

  test.each(KINDS)('[Y64] with %s: others’ edits arrive within three times of before', async (kind) => {
    let ratio = Infinity;
    for (let tried = 0; tried < TRIES && ratio > 3; tried += 1) {
      await enter(`${kind}${tried}`);
      const before = await latency(EDITS);
      const during = await underFlood(kind);
      leave();
      ratio = during / Math.max(before, LEAST);
      told.push(`${kind}: p99 ${before.toFixed(1)} ms before, ${during.toFixed(1)} ms while it floods`);
    }
    expect(ratio, told.at(-1)).toBeLessThanOrEqual(3);
  });
});
