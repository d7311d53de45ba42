import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import type { CommentId, ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { addComment, addItem, addTheme, itemBody, moveItem, toggleReaction } from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { refOf, type DocumentName } from '#protocol/document-name.ts';
import { rootsOf } from '#protocol/document-shape.ts';
import { outcomeFragment } from '#protocol/outcome-doc.ts';
import { writeBlocks } from '#protocol/rich-text.ts';
import { encodeStep2, encodeUpdate, REFUSAL_CODES } from '#protocol/sync.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import { compact } from '#server/sync/compaction.ts';
import { ANYTHING } from '#server/sync/write-rules.ts';
import { HallOfSeats, NORTH, type Seated } from './hall-of-seats.ts';
import { BOARD as RIG_BOARD, SyncRig, until } from './sync-rig.ts';
import { Visitor } from './visitor.ts';

const BOARD = `board/${NORTH}` as DocumentName;
const BLOCKS = [{ kind: 'paragraph', lang: 'en', runs: [{ text: 'Clean water', strong: true }] }] as const;

/** One update with all that was done. */
function updateOf(deed: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  doc.transact(() => deed(doc));
  return Y.encodeStateAsUpdate(doc);
}

const page = (bytes: number, key: string) => updateOf((doc) => doc.getMap('items').set(key, 'x'.repeat(bytes)));

let hall: HallOfSeats;
beforeEach(async () => {
  hall = await HallOfSeats.open();
  await hall.command({ kind: 'startStep', step: stepIdAt(1) });
});
afterEach(() => hall.close());

async function enter(seated: Seated, document: string = BOARD): Promise<Visitor> {
  const visitor = hall.visit(document, seated.cookie);
  expect(await visitor.entered()).toBe(true);
  return visitor;
}

/** The code with which the frame was refused; null when it was stored. */
async function offer(visitor: Visitor, update: Uint8Array, encode = encodeUpdate): Promise<number | null> {
  visitor.send(encode(update));
  const frame = visitor.sent;
  const refusal = () => visitor.refusals.find((each) => each.frame === frame);
  await until(() => visitor.durable >= frame || refusal() !== undefined, 'it is answered');
  return refusal()?.code ?? null;
}

const rows = async () => (await hall.services.storage.documents.read(BOARD)).seq;

const FOREIGN: Record<string, (doc: Y.Doc) => void> = {
  'another root': (doc) => doc.getMap('junk').set('key', 'value'),
  'a root of another document': (doc) => writeBlocks(outcomeFragment(doc, 'notes'), BLOCKS, 'en'),
  'a list': (doc) => doc.getMap('items').set('item0001', new Y.Array()),
  bytes: (doc) => doc.getMap('items').set('item0001', Uint8Array.of(1, 2, 3)),
  'a thing inside a text': (doc) => {
    const text = new Y.Text();
    doc.getMap('themes').set('theme001', text);
    text.insertEmbed(0, { picture: 'https://example.org' });
  },
  'an XML hook': (doc) => {
    const body = new Y.XmlFragment();
    doc.getMap('items').set('item0001', body);
    body.insert(0, [new Y.XmlHook('hook') as unknown as Y.XmlElement]);
  },
};

describe('what a document can hold', () => {
  test.each(Object.entries(FOREIGN))('[Y62] %s is refused in words of its own and not stored', async (_name, deed) => {
    const visitor = await enter(await hall.seat('participant', { room: NORTH }));
    expect(await offer(visitor, updateOf(deed))).toBe(REFUSAL_CODES.foreign);
    expect(await rows()).toBe(0);
    expect(visitor.closedWith).toBeNull();
  });

  test('[Y62] everything that our own pages write is taken, and what was refused does not stop the next', async () => {
    const seated = await hall.seat('participant', { room: NORTH });
    const visitor = await enter(seated);
    const writer = { seat: seated.seat, at: 1 };
    expect(await offer(visitor, updateOf(FOREIGN['another root']!))).toBe(REFUSAL_CODES.foreign);
    const honest = updateOf((doc) => {
      addTheme(doc, { id: 'theme001' as ThemeId, title: { text: 'Water', lang: 'en' } }, writer);
      addItem(doc, { id: 'item0001' as ItemId, theme: null, lang: 'en', blocks: BLOCKS }, writer);
      moveItem(doc, 'item0001' as ItemId, 'theme001' as ThemeId, null, writer);
      const text = { text: 'yes', lang: 'en' } as const;
      addComment(doc, 'item0001' as ItemId, { id: 'comment1' as CommentId, text }, writer);
      toggleReaction(doc, 'item0001' as ItemId, 'agree', writer);
      const body = itemBody(doc, 'item0001' as ItemId)!;
      body.insert(1, [new Y.XmlElement('bullet_list')]);
      body.delete(1, 1);
    });
    visitor.leave();
    expect(await offer(await enter(seated), honest)).toBeNull();
    const organizer = await enter(await hall.seat('organizer'), `outcome/${hall.forum.id}`);
    const draft = updateOf((doc) => writeBlocks(outcomeFragment(doc, 'preamble'), BLOCKS, 'en'));
    expect(await offer(organizer, draft)).toBeNull();
  });

  test('[Y62] a board that was poisoned before opens, is read and written, and shrinks', async () => {
    const seated = await hall.seat('participant', { room: NORTH });
    const { documents } = hall.services.storage;
    const poison = updateOf((doc) => {
      doc.getText('junk').insert(0, 'x'.repeat(3_000_000));
      const writer = { seat: 'seat0001' as SeatId, at: 1 };
      addItem(doc, { id: 'item0001' as ItemId, theme: null, lang: 'en', blocks: BLOCKS }, writer);
    });
    await documents.append([{ document: BOARD, seq: 1, update: poison, seat: null, at: 1 }]);
    const visitor = await enter(seated);
    expect(await offer(visitor, page(10, 'k'))).toBeNull();
    expect(await compact(documents, BOARD, rootsOf(refOf(BOARD)))).toBe(true);
    const { snapshot } = await documents.read(BOARD);
    expect(snapshot!.length).toBeLessThan(10_000);
    const doc = await loadDocument(documents, BOARD);
    expect(readBoard(doc).loose.map(({ id }) => id)).toEqual(['item0001']);
    expect(doc.getText('junk').length).toBe(0);
    expect(await offer(visitor, page(10, 'k'))).toBeNull();
  });
});

describe('how much one writes', () => {
  test('[Y63] one participant cannot fill a board: others go on, and so does who runs the forum', async () => {
    const flooder = await enter(await hall.seat('participant', { room: NORTH }));
    const size = 900_000;
    const taken = Math.floor(LIMITS.documentOfSeat.most / size);
    for (let times = 0; times < taken; times += 1) expect(await offer(flooder, page(size, `k${times}`))).toBeNull();
    expect(await offer(flooder, page(size, 'more'))).toBe(REFUSAL_CODES.seatFull);
    const other = await enter(await hall.seat('participant', { room: NORTH }));
    expect(await offer(other, page(size, 'other'))).toBeNull();
    const organizer = await enter(await hall.seat('organizer'));
    for (let times = 0; times <= taken; times += 1) expect(await offer(organizer, page(size, `o${times}`))).toBeNull();
  });
});

/** Ideas without a word in one update, each written under a clientID of its own where `clients` are as many. */
function empties(count: number, clients = 1): Uint8Array {
  const updates = Array.from({ length: clients }, (_, client) =>
    updateOf((doc) => {
      for (let index = client; index < count; index += clients) {
        const entries: [string, unknown][] = [['at', 1], ['body', new Y.XmlFragment()]]; // prettier-ignore
        doc.getMap('items').set(`empty${doc.clientID}x${index}`, new Y.Map(entries));
      }
    }),
  );
  return Y.mergeUpdates(updates);
}

test('[Y63] one participant cannot push out what others wrote by ideas without a word', async () => {
  const most = LIMITS.recordsOfSeat.most;
  const flooder = await enter(await hall.seat('participant', { room: NORTH }));
  expect(await offer(flooder, empties(most - 50))).toBeNull();
  expect(await offer(flooder, empties(51, 51))).toBe(REFUSAL_CODES.seatFull);
  expect(await offer(flooder, empties(50, 50), encodeStep2)).toBeNull();
  expect(await offer(flooder, empties(1))).toBe(REFUSAL_CODES.seatFull);
  const other = await enter(await hall.seat('participant', { room: NORTH }));
  expect(await offer(other, empties(most))).toBeNull();
  const organizer = await enter(await hall.seat('organizer'));
  expect(await offer(organizer, empties(2 * most))).toBeNull();
});

test('[Y63] who deletes some of their ideas may write others', async () => {
  const rig = await SyncRig.start({ rules: () => ({ ...ANYTHING, records: 5 }) });
  const guest = rig.client('guest0001');
  const items = guest.doc.getMap<unknown>('items');
  for (let index = 0; index < 5; index += 1) items.set(`idea${index}`, index);
  await until(() => guest.isSaved, 'five are there');
  const visitor = new Visitor(`${rig.url}/${RIG_BOARD}?seat=guest0001`);
  await visitor.entered();
  expect(await offer(visitor, empties(1))).toBe(REFUSAL_CODES.seatFull);
  items.set('idea0', 'in other words');
  items.delete('idea1');
  await until(() => guest.isSaved, 'one is deleted');
  const asWhole = async () => {
    await new Promise((resolve) => setTimeout(resolve, 250)); // as a client does that was refused
    return (await offer(visitor, empties(1), encodeStep2)) === null;
  };
  await until(asWhole, 'there is room again');
  expect(await offer(visitor, empties(1), encodeStep2)).toBe(REFUSAL_CODES.seatFull);
  visitor.leave();
  await rig.close();
});

test('[Y63] a full board: who runs the forum deletes, and everybody writes again', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const rig = await SyncRig.start({
    rules: (_document, { seatId }) => ({
      roots: null,
      document: seatId.startsWith('host') ? 900_000 : 600_000,
      seat: Infinity,
      records: Infinity,
      perMinute: 1e9,
    }),
  });
  const guest = new Visitor(`${rig.url}/${RIG_BOARD}?seat=guest0001`);
  await guest.entered();
  expect(await offer(guest, page(300_000, 'a'))).toBeNull();
  expect(await offer(guest, page(200_000, 'b'))).toBeNull();
  expect(await offer(guest, page(200_000, 'c'))).toBe(REFUSAL_CODES.tooLarge);
  const host = rig.client('host00001');
  await until(() => host.isSaved, 'the host is there');
  host.doc.getMap('items').delete('a');
  await until(() => host.isSaved, 'the host has deleted');
  const again = new Visitor(`${rig.url}/${RIG_BOARD}?seat=guest0001`);
  await again.entered();
  const asWhole = async () => {
    await new Promise((resolve) => setTimeout(resolve, 250)); // as a client does that was refused
    return (await offer(again, page(200_000, 'd'), encodeStep2)) === null;
  };
  await until(asWhole, 'there is room again');
  expect((await rig.sync.read(RIG_BOARD)).getMap('items').has('d')).toBe(true);
  for (const visitor of [guest, again]) visitor.leave();
  await rig.close();
});
