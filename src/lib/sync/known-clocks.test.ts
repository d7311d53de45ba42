import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { KnownClocks } from './known-clocks.ts';

test('[H31] a first answer that is older than what the server said it has is not all of it', () => {
  const server = new Y.Doc();
  const early = Y.encodeStateAsUpdate(server);
  server.getText('words').insert(0, 'thirty ideas');
  const known = new KnownClocks();
  known.told(Y.encodeStateVector(server));

  const here = new Y.Doc();
  Y.applyUpdate(here, early);
  expect(known.areIn(here)).toBe(false);
  Y.applyUpdate(here, Y.encodeStateAsUpdate(server));
  expect(known.areIn(here)).toBe(true);
});

test('[H31] of a document without words everything is there at once', () => {
  const known = new KnownClocks();
  known.told(Y.encodeStateVector(new Y.Doc()));
  expect(known.areIn(new Y.Doc())).toBe(true);
});
