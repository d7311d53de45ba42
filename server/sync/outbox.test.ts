import * as decoding from 'lib0/decoding';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { SeatId } from '#domain/ids.ts';
import { encodeDurable } from '#protocol/sync.ts';
import { scanStored, type ScannedUpdate } from '#protocol/update/scan.ts';
import type { Author } from './journal.ts';
import { Outbox, type Reader } from './outbox.ts';
import { Presence } from './presence.ts';

class Somebody implements Author, Reader {
  readonly mayWrite = true;
  readonly buffers: Uint8Array[] = [];
  write(frames: Uint8Array): void {
    this.buffers.push(frames);
  }
  receipt = (frame: number, seq: number) => encodeDurable(frame, seq);
  notStored = () => undefined;
  notAllowed = () => undefined;

  /** Types of the messages in each buffer: 2 an update, 1 presence, 100 a receipt. */
  get messages(): number[][] {
    return this.buffers.map((buffer) => messagesIn(buffer).map((message) => message[0] || message[1]!));
  }
}

function messagesIn(buffer: Uint8Array): Uint8Array[] {
  const messages: Uint8Array[] = [];
  for (let at = 0; at < buffer.length;) {
    const length = buffer[at + 1]!;
    messages.push(buffer.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return messages;
}

function typing(client: number, text: string): ScannedUpdate[] {
  const doc = new Y.Doc();
  doc.clientID = client;
  const updates: ScannedUpdate[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(scanStored(update)));
  for (const letter of text) doc.getText('text').insert(doc.getText('text').length, letter);
  return updates;
}

let people: Somebody[];
let presence: Presence;
let outbox: Outbox;

beforeEach(() => {
  vi.useFakeTimers();
  people = [new Somebody(), new Somebody(), new Somebody()];
  presence = new Presence(Date.now);
  outbox = new Outbox(new Set(people), presence);
});
afterEach(() => void vi.useRealTimers());

test('[Y2] the edits of a commit are one frame, and its author hears only that they are stored', () => {
  const [author] = people;
  for (const [index, update] of typing(5, 'abc').entries()) {
    outbox.add(update, { author: author!, frame: index + 1 }, index + 1);
  }
  outbox.flush();
  expect(people.map(({ messages }) => messages)).toEqual([[[100]], [[2]], [[2]]]);
  const doc = new Y.Doc();
  const [message] = messagesIn(people[1]!.buffers[0]!);
  Y.applyUpdate(doc, decoding.readVarUint8Array(decoding.createDecoder(message!.subarray(2))));
  expect(doc.getText('text').toJSON()).toBe('abc');
});

test('[Y2] everybody who did not write is given the very same buffer', () => {
  vi.advanceTimersByTime(1_000);
  outbox.add(typing(5, 'a')[0]!, { author: people[0]!, frame: 1 }, 1);
  outbox.flush();
  expect(people[1]!.buffers[0]).toBe(people[2]!.buffers[0]);
});

test('[Y2] what two people wrote goes to both of them too, each with a receipt behind it', () => {
  vi.advanceTimersByTime(1_000);
  outbox.add(typing(5, 'a')[0]!, { author: people[0]!, frame: 1 }, 1);
  outbox.add(typing(6, 'b')[0]!, { author: people[1]!, frame: 1 }, 2);
  outbox.flush();
  expect(people.map(({ messages }) => messages)).toEqual([[[2, 100]], [[2, 100]], [[2]]]);
});

test('[Y3] an edit whose author was told that it is not stored goes to everybody', () => {
  vi.advanceTimersByTime(1_000);
  outbox.add(typing(5, 'a')[0]!, null, 1);
  outbox.add(typing(6, 'b')[0]!, { author: people[1]!, frame: 1 }, 2);
  outbox.flush();
  expect(people.map(({ messages }) => messages)).toEqual([[[2]], [[2, 100]], [[2]]]);
});

test('[Y11] cursors wait for the next edit, but not long; nobody hears the own one', () => {
  vi.advanceTimersByTime(1_000);
  presence.set(people[0]!, 5, { seat: 'aida' as SeatId, item: 'one' });
  outbox.presenceChanged();
  presence.set(people[0]!, 5, { seat: 'aida' as SeatId, item: 'two' });
  outbox.presenceChanged();
  expect(people.map(({ messages }) => messages)).toEqual([[], [], []]);
  outbox.add(typing(5, 'a')[0]!, { author: people[0]!, frame: 1 }, 1);
  outbox.flush();
  expect(people.map(({ messages }) => messages)).toEqual([[[100]], [[2, 1]], [[2, 1]]]);
  presence.set(people[0]!, 5, { seat: 'aida' as SeatId, item: 'three' });
  outbox.presenceChanged();
  vi.advanceTimersByTime(30);
  expect(people[1]!.messages).toEqual([[2, 1], [1]]);
});

test('[Y11] a state that is repeated unchanged costs nobody a frame, and is renewed before clients forget it', () => {
  presence.set(people[0]!, 5, { seat: 'aida' as SeatId });
  outbox.presenceChanged();
  vi.advanceTimersByTime(30);
  presence.set(people[0]!, 5, { seat: 'aida' as SeatId });
  outbox.presenceChanged();
  presence.renew(15_000);
  outbox.presenceChanged();
  vi.advanceTimersByTime(100);
  expect(people[1]!.messages).toEqual([[1]]);
  vi.advanceTimersByTime(15_000);
  presence.renew(15_000);
  outbox.presenceChanged();
  vi.advanceTimersByTime(100);
  expect(people[1]!.messages).toEqual([[1], [1]]);
});
