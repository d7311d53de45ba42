import { beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { itemBody } from '#protocol/board/edit.ts';
import { BoardSession } from './board-session.svelte.ts';

beforeAll(() => {
  globalThis.requestAnimationFrame ??= (run) => setTimeout(() => run(0), 0) as unknown as number;
  globalThis.cancelAnimationFrame ??= (frame) => clearTimeout(frame);
});

/** Aida and Emine at one board: themes N and S, and Aida's items x and y without a theme. */
function table() {
  const [one, other] = [new Y.Doc(), new Y.Doc()];
  const link = (from: Y.Doc, to: Y.Doc) =>
    from.on('update', (update: Uint8Array, origin: unknown) => origin !== 'wire' && Y.applyUpdate(to, update, 'wire'));
  link(one, other);
  link(other, one);
  const [aida, emine] = [
    new BoardSession(one, { seatId: 'aida' as SeatId, language: 'en' }),
    new BoardSession(other, { seatId: 'emine' as SeatId, language: 'en' }),
  ];
  const themes = { N: aida.addTheme('N'), S: aida.addTheme('S') };
  const items = { x: aida.addItem('x', null), y: aida.addItem('y', null) };
  aida.addItem('before', null); // what an undo must not take for the step that is meant
  return { aida, emine, ...themes, ...items };
}

type Table = ReturnType<typeof table>;

function shown(session: BoardSession): string {
  session.show();
  const { themes, loose } = session.board;
  const line = (items: (typeof loose)[number][]) =>
    items.map(({ blocks, merged }) => `${textOfBlocks(blocks)}${merged.length > 0 ? '+' : ''}`).join(' ');
  return [...themes.map(({ title, items }) => `${title.text}: ${line([...items])}`), line([...loose])].join('; ');
}

function write(session: BoardSession, item: ItemId, text: string, origin: unknown = session): void {
  session.undoManager.stopCapturing();
  const paragraph = itemBody(session.doc, item)?.get(0) as Y.XmlElement;
  session.doc.transact(() => (paragraph.get(0) as Y.XmlText).insert(0, text), origin);
}

function cut(session: BoardSession, item: ItemId, length: number): void {
  const paragraph = itemBody(session.doc, item)?.get(0) as Y.XmlElement;
  session.doc.transact(() => (paragraph.get(0) as Y.XmlText).delete(0, length));
}

const to = (theme: ThemeId | null) => ({ theme, before: null });

describe('what somebody else has changed since', () => {
  test.each<[string, (at: Table) => unknown, (at: Table) => unknown]>([
    ['a move that was moved on', ({ aida, x, N }) => aida.move(x, to(N)), ({ emine, x, S }) => emine.move(x, to(S))],
    ['a move, in its list', ({ aida, x, N }) => aida.move(x, to(N)), ({ emine, x, N }) => emine.move(x, to(N))],
    ['a merge that was split', ({ aida, x, y }) => aida.merge(x, y), ({ emine, x }) => emine.split(x)],
    ['a theme that was moved on', ({ aida, N }) => aida.moveTheme(N, null), ({ emine, N, S }) => emine.moveTheme(N, S)],
    ['an idea that was deleted', ({ aida }) => aida.addItem('z', null), ({ emine }) => emine.remove(last(emine))],
    ['words that were cut', ({ aida, x }) => write(aida, x, 'abc'), ({ emine, x }) => cut(emine, x, 3)],
    ['a comment on what was deleted', ({ aida, x }) => aida.comment(x, 'Why?'), ({ emine, x }) => emine.remove(x)],
    [
      'a deletion that was brought back',
      ({ aida, emine, x }) => ((emine as { kept?: unknown }).kept = emine.item(x)) && aida.remove(x),
      ({ emine, x }) => {
        const item = (emine as { kept?: unknown }).kept as never;
        emine.bringBack(item, { theme: null, above: null });
        return x;
      },
    ],
  ])('[B73] is not undone, nor is anything else in its place: %s', (_, mine, theirs) => {
    const at = table();
    at.emine.show();
    mine(at);
    theirs(at);
    const before = shown(at.aida);
    expect(at.aida.takeBack('undo')).toMatchObject({ kind: 'superseded' });
    expect(shown(at.aida)).toBe(before);
    expect(shown(at.emine)).toBe(before);
    // the step is used up: the next one is the one before
    expect(at.aida.takeBack('undo')).toMatchObject({ kind: 'done', change: { kind: 'gone', words: 'before' } });
  });

  test('[B73] says whose connection it was', () => {
    const { aida, emine, x, N, S } = table();
    aida.move(x, to(N));
    emine.move(x, to(S));
    expect(aida.takeBack('undo')).toEqual({ kind: 'superseded', by: { client: emine.doc.clientID, seat: null } });
    write(aida, x, 'abc');
    emine.show();
    emine.remove(x);
    expect(aida.takeBack('undo')).toEqual({ kind: 'superseded', by: { client: emine.doc.clientID, seat: 'emine' } });
  });

  test('[B73] is not done again either', () => {
    const { aida, emine, x, N, S } = table();
    aida.move(x, to(N));
    aida.takeBack('undo');
    emine.move(x, to(S));
    const before = shown(aida);
    expect(aida.takeBack('redo')).toMatchObject({ kind: 'superseded' });
    expect(shown(aida)).toBe(before);
  });

  test('[B8] one’s own later deeds are in nobody’s way', () => {
    const { aida, x, y, N, S } = table();
    const states = [shown(aida)];
    for (const act of [
      () => aida.move(x, to(N)),
      () => aida.move(x, to(S)),
      () => aida.merge(y, x),
      () => aida.renameTheme(N, 'North', 'N'),
      () => aida.remove(x),
      () => write(aida, y, 'more '),
    ]) {
      act();
      states.push(shown(aida));
    }
    const back = states.slice(0, -1).toReversed();
    for (const state of back) expect([aida.takeBack('undo').kind, shown(aida)]).toEqual(['done', state]);
    for (const state of states.slice(1)) expect([aida.takeBack('redo').kind, shown(aida)]).toEqual(['done', state]);
  });

  test('[B10] what was taken back by its own note is no step any more', () => {
    const { aida, x } = table();
    aida.remove(x)();
    expect(aida.takeBack('undo')).toMatchObject({ kind: 'done', change: { words: 'before' } });
  });
});

test.each<[string, (at: Table) => unknown, object, object]>([
  ['an idea', ({ aida }) => aida.addItem('z', null), { kind: 'gone', words: 'z' }, { kind: 'back', words: 'z' }],
  ['a move', ({ aida, x, N }) => aida.move(x, to(N)), { kind: 'moved', theme: null }, { kind: 'moved', words: 'x' }],
  ['a place', ({ aida, x, y }) => aida.move(y, { theme: null, before: x }), { kind: 'placed' }, { kind: 'placed' }],
  ['a merge', ({ aida, x, y }) => aida.merge(x, y), { kind: 'split', words: 'x' }, { kind: 'merged', words: 'x' }],
  ['words', ({ aida, x }) => write(aida, x, 'more '), { kind: 'words', words: 'x' }, { words: 'more x' }],
  ['a comment', ({ aida, x }) => aida.comment(x, 'Why?'), { kind: 'comment' }, { kind: 'comment' }],
  ['a reaction', ({ aida, x }) => aida.react(x, 'heart'), { kind: 'reaction' }, { kind: 'reaction' }],
  ['a language', ({ aida, x }) => aida.setLanguage(x, 'ru'), { kind: 'language' }, { kind: 'language' }],
  ['a deletion', ({ aida, x }) => aida.remove(x), { kind: 'back', words: 'x' }, { kind: 'gone', words: 'x' }],
  ['a theme', ({ aida }) => aida.addTheme('T'), { kind: 'themeGone' }, { kind: 'themeBack', words: 'T' }],
  ['a title', ({ aida, N }) => aida.renameTheme(N, 'M', 'N'), { kind: 'themeWords', words: 'N' }, { words: 'M' }],
  ['a theme’s place', ({ aida, N }) => aida.moveTheme(N, null), { kind: 'themePlaced' }, { kind: 'themePlaced' }],
])('[B74] what was undone and done again is named: %s', (_, act, undone, redone) => {
  const at = table();
  act(at);
  expect(at.aida.takeBack('undo')).toMatchObject({ kind: 'done', change: undone });
  expect(at.aida.takeBack('redo')).toMatchObject({ kind: 'done', change: redone });
});

function last(session: BoardSession): ItemId {
  session.show();
  return session.board.loose.at(-1)!.id;
}
