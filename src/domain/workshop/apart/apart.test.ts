import { describe, expect, test } from 'vitest';
import type { ItemId } from '../../ids.ts';
import { LIMITS } from '../../limits.ts';
import { aida, host, RunningStep } from '../played.sample.ts';
import { view } from '../view.ts';
import { NOW } from '../played.sample.ts';
import { pairOf, type ApartCommand } from './apart.ts';

const item = (id: string) => id as ItemId;

class Compared extends RunningStep {
  constructor() {
    super({ id: 'talk' as never, kind: 'talk', minutes: 20 });
  }
  tell(kind: ApartCommand['kind'], one: string, other: string, by = host) {
    return this.ask({ kind, one: item(one), other: item(other) }, by);
  }
  get apart() {
    return [...(this.state.apart ?? [])];
  }
}

describe('[W202] two ideas that are not the same', () => {
  test('are kept apart once, whichever is named first, and may be asked about again', () => {
    const played = new Compared();
    expect(played.tell('keepApart', 'b', 'a')).toEqual(['itemsKeptApart']);
    expect(played.tell('keepApart', 'a', 'b')).toEqual([]);
    expect(played.apart).toEqual([pairOf('a', 'b')]);
    expect(played.tell('takeBackApart', 'a', 'b')).toEqual(['apartTakenBack']);
    expect(played.tell('takeBackApart', 'b', 'a')).toEqual([]);
    expect(played.apart).toEqual([]);
  });

  test('no participant says so, and an idea is no pair with itself', () => {
    const played = new Compared();
    expect(played.tell('keepApart', 'a', 'b', aida)).toEqual({ kind: 'notAllowed' });
    expect(played.tell('keepApart', 'a', 'a')).toMatchObject({ kind: 'fieldInvalid' });
    expect(played.apart).toEqual([]);
  });

  test('change nothing that anybody sees in the workshop', () => {
    const played = new Compared();
    const seen = () => [aida, host].map((who) => ({ ...view(played.state, who, NOW), version: 0 }));
    const before = seen();
    played.tell('keepApart', 'a', 'b');
    expect(seen()).toEqual(before);
  });

  test('are only so many, and then it is said', () => {
    const played = new Compared();
    const { most } = LIMITS.pairsApart;
    for (let pair = 0; pair < most; pair += 1) played.tell('keepApart', 'a', `b${pair}`);
    expect(played.tell('keepApart', 'a', 'c')).toMatchObject({ kind: 'limitReached', what: 'pairsApart', most });
    expect(played.tell('takeBackApart', 'a', 'b0')).toEqual(['apartTakenBack']);
    expect(played.tell('keepApart', 'a', 'c')).toEqual(['itemsKeptApart']);
  });
});
