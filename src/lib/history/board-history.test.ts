import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { RoomId } from '#domain/ids.ts';
import { documentName } from '#protocol/document-name.ts';
import { BoardHistory } from './board-history.svelte.ts';
import { HistoryRequests } from './history-requests.ts';

const BOARD = documentName({ kind: 'board', room: 'room00000001' as RoomId });
const version = {
  seq: 7,
  from: 1,
  at: 2,
  people: [],
  isBeforeRestore: false,
  cuts: [],
  added: 1,
  changed: 0,
  removed: 0,
  items: 1,
};

interface Asked {
  readonly url: string;
  readonly method: string;
  readonly body: unknown;
}

/** A history whose server gives these answers, in order; after them the network is gone. */
function historyOn(...answers: Response[]) {
  const asked: Asked[] = [];
  const fetcher = (url: string, init: RequestInit) => {
    asked.push({ url, method: init.method ?? 'GET', body: init.body });
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new TypeError('no network'));
  };
  const requests = new HistoryRequests('a forum', BOARD, fetcher as typeof fetch);
  return { history: new BoardHistory(requests), asked };
}

const html = () => new Response('<h1>Sign in to the hall’s network</h1>', { headers: { 'content-type': 'text/html' } });

describe('[Y26] the list of versions', () => {
  test('comes from the forum’s own room', async () => {
    const { history, asked } = historyOn(Response.json({ mayRestore: true, versions: [version] }));
    await history.load();
    expect(asked).toEqual([
      { url: '/api/forums/a%20forum/boards/board/room00000001/versions', method: 'GET', body: undefined },
    ]);
    expect([history.now, history.mayRestore, history.refusal]).toEqual([version, true, null]);
  });

  test.each([
    ['no network', undefined, 'notReached'],
    ['a page of somebody else', html(), 'notReached'],
    ['JSON of somebody else', Response.json({ versions: 'many' }), 'notReached'],
    ['a stranger', new Response('', { status: 403 }), 'notAllowed'],
    ['the server’s reason', Response.json({ refusal: { kind: 'forumUnknown' } }, { status: 404 }), 'forumUnknown'],
    ['a server that broke', new Response('', { status: 500 }), 'notReached'],
  ])('that cannot be had says why, and keeps what was there: %s', async (_, answer, kind) => {
    const { history } = historyOn(
      Response.json({ mayRestore: true, versions: [version] }),
      ...(answer ? [answer] : []),
    );
    await history.load();
    await history.load();
    expect(history.refusal).toEqual({ kind });
    expect(history.versions).toEqual([version]);
  });
});

describe('[Y26] a version', () => {
  test('is a document of its own', async () => {
    const doc = new Y.Doc();
    doc.getText('words').insert(0, 'As it was');
    const { history } = historyOn(new Response(Uint8Array.from(Y.encodeStateAsUpdate(doc))));
    const answer = await history.document(7);
    expect(answer.ok && answer.value.getText('words').toJSON()).toBe('As it was');
  });

  test('that is gone or no version at all is refused, not shown as an empty board', async () => {
    const { history } = historyOn(new Response('', { status: 404 }), html());
    expect(await history.document(7)).toEqual({ ok: false, refusal: { kind: 'versionUnknown' } });
    expect(await history.document(7)).toEqual({ ok: false, refusal: { kind: 'notReached' } });
  });
});

describe('[Y27] a restore', () => {
  test('gives the version that takes it back, and the list is asked for again', async () => {
    const { history, asked } = historyOn(
      Response.json({ restoredFrom: 7, before: 12 }),
      Response.json({ mayRestore: true, versions: [version] }),
    );
    expect(await history.restore(7)).toEqual({ ok: true, value: 12 });
    await expect.poll(() => history.versions).toEqual([version]);
    expect(asked[0]).toMatchObject({ method: 'POST', body: '{}' });
    expect(asked[0]?.url).toMatch(/\/versions\/7$/);
  });

  test('is sent once, however often it is pressed', async () => {
    const { history, asked } = historyOn(Response.json({ restoredFrom: 7, before: 12 }));
    const first = history.restore(7);
    expect(await history.restore(7)).toBeNull();
    await first;
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(history.isRestoring).toBe(false);
  });

  test('without room on the disk says so', async () => {
    const { history } = historyOn(new Response('', { status: 503 }));
    expect(await history.restore(7)).toEqual({ ok: false, refusal: { kind: 'notStored' } });
  });
});
