import { describe, expect, test } from 'vitest';
import { readAwareness, readPointing } from './cursor.ts';

const position = { type: null, tname: 'text', item: { client: 1, clock: 2 }, assoc: 0 };

describe('what a client may say about itself', () => {
  test('[Y11] a cursor is rebuilt from known fields only', () => {
    const json = JSON.stringify({ cursor: { anchor: { ...position, html: '<b>' }, head: position }, name: 'x' });
    expect(readPointing(json)).toEqual({ cursor: { anchor: position, head: position } });
  });

  test.each([
    ['no object', '7'],
    ['null', 'null'],
    ['no JSON', '{'],
  ])('[Y11] %s means that it points nowhere and is not here', (_title, json) => {
    expect(readPointing(json)).toBeNull();
  });

  test.each([
    ['half a cursor', { cursor: { anchor: position } }],
    ['a position without a place', { cursor: { anchor: {}, head: {} } }],
    ['a clock below zero', { cursor: { anchor: { item: { client: 1, clock: -1 } }, head: position } }],
    ['a type name of any length', { cursor: { anchor: { tname: 'x'.repeat(65) }, head: position } }],
    ['an item that is no id', { item: '<script>' }],
  ])('[Y11] %s is dropped', (_title, state) => {
    expect(readPointing(JSON.stringify(state))).toEqual({});
  });

  test('[Y7] a count that the bytes do not hold is malformed', () => {
    expect(readAwareness(Uint8Array.of(3, 1, 1))).toBeNull();
    expect(readAwareness(Uint8Array.of(255, 255, 255, 255, 15))).toBeNull();
  });
});
