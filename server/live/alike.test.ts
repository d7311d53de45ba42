import { expect, test } from 'vitest';
import { Alike } from './alike.ts';
import type { LiveSocket } from './live-socket.ts';

const socket = (id: string) => ({ id }) as LiveSocket;

test('[W87] what several are told alike is sent once to all of them, and what only one is told to that one', () => {
  const alike = new Alike<{ readonly said: string }>();
  for (const [id, said] of ['aida', 'azat', 'bolot'].map((id) => [id, id === 'bolot' ? 'other' : 'same'] as const)) {
    alike.add(socket(id), { said }, said);
  }
  const sent: unknown[] = [];
  alike.tell((sockets, message) => sent.push([sockets.map(({ id }) => id), message]));
  expect(sent).toEqual([
    [['aida', 'azat'], { said: 'same' }],
    [['bolot'], { said: 'other' }],
  ]);
});
