import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import * as whole from 'yjs';
import { withoutUnused } from './lean-yjs.ts';

type Yjs = typeof whole;

const lean = withoutUnused(readFileSync(fileURLToPath(import.meta.resolve('yjs')), 'utf8'));

/** As a file of its own, with the same lib0. */
async function loaded(): Promise<Yjs> {
  const folder = mkdtempSync(join(tmpdir(), 'dastarkhan-yjs-'));
  const file = join(folder, 'yjs.mjs');
  const code = lean.replace(/^\/\/# sourceMappingURL.*$/m, '');
  writeFileSync(
    file,
    code.replace(/from '(lib0\/[\w-]+)'/g, (_, name: string) => `from '${import.meta.resolve(name)}'`),
  );
  try {
    return (await import(/* @vite-ignore */ pathToFileURL(file).href)) as Yjs;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Writes, marks, nests and deletes, and gives every update that came of it. */
function written(yjs: Yjs, client: number): Uint8Array[] {
  const doc = new yjs.Doc();
  doc.clientID = client;
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const items = doc.getMap<unknown>('items');
  const body = new yjs.XmlFragment();
  items.set('body', body);
  const paragraph = new yjs.XmlElement('paragraph');
  const text = new yjs.XmlText('Clean water');
  body.insert(0, [paragraph]);
  paragraph.insert(0, [text]);
  text.format(0, 5, { strong: {} });
  text.delete(5, 3);
  items.set('order', 'a1');
  items.delete('order');
  items.set('list', new yjs.Array());
  return updates;
}

test('[H41] what is left of Yjs writes and reads what the whole of it does, in whatever order it comes', async () => {
  const left = await loaded();
  const updates = written(left, 7);
  expect(updates.map(String)).toEqual(written(whole, 7).map(String));
  for (const order of [updates, updates.toReversed(), [...updates.slice(3), ...updates.slice(0, 3)]]) {
    const [one, other] = [new left.Doc(), new whole.Doc()];
    for (const update of order) {
      left.applyUpdate(one, update);
      whole.applyUpdate(other, update);
      // with what waits for the rest
      const passed = new whole.Doc();
      whole.applyUpdate(passed, left.encodeStateAsUpdate(one));
      for (const each of updates) whole.applyUpdate(passed, each);
      expect(passed.getMap('items').toJSON()).toEqual(read(whole, updates));
    }
    expect(one.store.pendingStructs).toBeNull();
    expect(String(left.encodeStateAsUpdate(one))).toBe(String(whole.encodeStateAsUpdate(other)));
  }
});

test('[H41] a part of Yjs that is not there any more fails the build', () => {
  expect(() => withoutUnused(lean)).toThrow('Yjs is not what it was');
});

function read(yjs: Yjs, updates: readonly Uint8Array[]): unknown {
  const doc = new yjs.Doc();
  for (const update of updates) yjs.applyUpdate(doc, update);
  return doc.getMap('items').toJSON();
}
