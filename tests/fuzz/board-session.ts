import { expect, vi } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { ownUndo } from '#lib/board/undo.ts';
import * as edit from '#protocol/board/edit.ts';
import { isOrderKey } from '#protocol/board/order-key.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { encodeAwareness } from '#protocol/sync.ts';
import { StorageError } from '#server/storage/ports/storage-error.ts';
import { replay } from '#server/sync/replay.ts';
import { presenceOf } from '../integration/attack-frames.ts';
import { Ledger, tokenOf } from './ledger.ts';
import type { MemoryHall } from './memory-hall.ts';
import { TableClient } from './table-client.ts';

const BOARD_DEEDS = [
  ...(['addTheme', 'removeTheme', 'moveTheme', 'addItem', 'addItem', 'moveItem', 'moveItem', 'removeItem'] as const),
  ...(['merge', 'split', 'write', 'write', 'write', 'write', 'cut', 'cut', 'undo', 'undo', 'redo', 'point'] as const),
] as const;
const FAULTS = [
  ...(['leave', 'return', 'return', 'return', 'reload', 'holdUp', 'holdDown', 'release', 'release'] as const),
  ...(['failCommits', 'loseAnswers', 'mend', 'mend', 'mend', 'emptyRoom', 'restart'] as const),
] as const;
const settle = 'settle' as const;
export const DEEDS = [...BOARD_DEEDS, ...BOARD_DEEDS, ...FAULTS, ...Array.from({ length: 8 }, () => settle)];
export type Deed = (typeof DEEDS)[number];
export type Step = readonly [person: number, deed: string, first: number, second: number, third: number];

const MOST_TURNS = 3_000;

interface Person {
  readonly seat: SeatId;
  readonly client: TableClient;
  undo: Y.UndoManager;
  /** Tokens in the order of the edits that brought them; an edit without one is null. */
  readonly edits: (string | null)[];
}

/** What happened in a run, over all its histories. */
export const met = { faults: 0, restarts: 0, reloads: 0, unloads: 0, held: 0, acknowledged: 0 };

/**
 * Whose an item is may stand otherwise in its author's own copy until that is read anew: who brings back what was compacted cannot prove
 * to have written it, and the server stores it as nobody's [Y85].
 */
const unsigned = (board: Board): unknown =>
  JSON.parse(JSON.stringify(board), (key, value: unknown) => (key === 'by' || key === 'goneBy' ? null : value));

/** People at one board on a real server, with faults; time passes only when a step says so. */
export class BoardSession {
  readonly #hall: MemoryHall;
  readonly #document: DocumentName;
  readonly #people: Person[];
  readonly #ledger = new Ledger();
  #tokens = 0;
  #ids = 0;
  #clients = 0;

  constructor(hall: MemoryHall, document: DocumentName, count: number) {
    this.#hall = hall;
    this.#document = document;
    hall.gate = () => Promise.resolve();
    this.#people = Array.from({ length: count }, (_, index) => {
      const seat = `seat000${index}` as SeatId;
      const client = new TableClient(this.#nextClient(), () => hall.net.open(hall.url(document, seat)));
      const person: Person = { seat, client, undo: null as never, edits: [] };
      this.#sitDown(person);
      return person;
    });
  }

  /** Everybody is there, with a few items that all have: then two people often mean the same ones. */
  async begin(): Promise<void> {
    for (const { client } of this.#people) client.connect();
    for (const deed of ['addTheme', 'addItem', 'addItem', 'addItem'] as const) await this.run([1, deed, 0, 1, 0]);
    await turns(this.#hall, 4);
  }

  async run([who, deed, first, second, third]: Step): Promise<void> {
    const person = pick(this.#people, who)!;
    const { client, undo } = person;
    const writer = { seat: person.seat, at: this.#ids, origin: person };
    const { doc } = client;
    const items = [...boardShape(doc).items.keys()].sort() as ItemId[];
    const themes = [...boardShape(doc).themes.keys()].sort() as ThemeId[];
    const item = pick(items, first);
    const theme = pick([null, ...themes], second) ?? null;
    const id = `x${this.#ids++}`;
    undo.stopCapturing();
    switch (deed as Deed) {
      case 'addTheme':
        return edit.addTheme(doc, { id: id as ThemeId, title: { text: id, lang: 'en' } }, writer);
      case 'removeTheme':
        return theme === null ? undefined : edit.removeTheme(doc, theme, writer);
      case 'moveTheme':
        return theme === null ? undefined : edit.moveTheme(doc, theme, pick(themes, third) ?? null, writer);
      case 'addItem':
        return this.#write(person, (token) => {
          const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text: token }] }] as const;
          edit.addItem(doc, { id: id as ItemId, theme, lang: 'en', blocks }, writer);
        });
      case 'moveItem':
        return item && edit.moveItem(doc, item, theme, pick([null, ...items], third) ?? null, writer);
      case 'removeItem':
        return item && edit.removeItem(doc, item, writer);
      case 'merge':
        return item && edit.mergeItems(doc, item, pick(items, third)!, writer);
      case 'split':
        return item && edit.splitItem(doc, item, writer);
      case 'write': {
        const text = item && textOf(doc, item);
        if (!text) return;
        const noise = pick(['', 'ё', '😀', 'ارد'], second) ?? '';
        const at = third % (text.length + 1);
        return this.#write(person, (token) => doc.transact(() => text.insert(at, token + noise), writer.origin));
      }
      case 'cut': {
        const text = item && textOf(doc, item);
        if (!text || text.length === 0) return;
        const from = second % text.length;
        const length = Math.min(1 + (third % 4), text.length - from);
        return doc.transact(() => text.delete(from, length), writer.origin);
      }
      case 'undo':
      case 'redo':
        return void undo[deed as 'undo' | 'redo']();
      case 'point':
        return client.say(encodeAwareness(presenceOf([{ client: doc.clientID, clock: 1, state: { item } }])));
      case 'leave':
        return client.disconnect();
      case 'return':
        return client.connect();
      case 'reload':
        met.reloads += 1;
        client.reload(this.#nextClient());
        return this.#sitDown(person);
      case 'holdUp':
      case 'holdDown':
        met.held += 1;
        return client.hold(deed === 'holdUp' ? 'up' : 'down');
      case 'release':
        return client.release();
      case 'failCommits':
        met.faults += 1;
        this.#hall.gate = async (call) => {
          if (call === 'append') throw new StorageError('disk full');
        };
        return;
      case 'loseAnswers':
        met.faults += 1;
        this.#hall.gate = async (call) => ({ failAfter: call === 'append' });
        return;
      case 'mend':
        this.#hall.gate = () => Promise.resolve();
        return;
      case 'emptyRoom':
        met.unloads += 1;
        for (const each of this.#people) each.client.disconnect();
        return turns(this.#hall, 5);
      case 'restart':
        return this.#restart();
      case 'settle':
        return turns(this.#hall, 1 + (first % 6));
    }
  }

  /** Everybody comes back to a server without faults, and in the end there is one board: its text. */
  async finish(): Promise<string> {
    this.#hall.gate = () => Promise.resolve();
    const newcomer = new TableClient(this.#nextClient(), () =>
      this.#hall.net.open(this.#hall.url(this.#document, 'newcomer1')),
    );
    const all = [...this.#people.map(({ client }) => client), newcomer];
    for (const client of all) client.release();
    const isEven = () =>
      all.every((client) => client.isSaved) &&
      all.every(({ doc }) => Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(newcomer.doc)));
    for (let turn = 0; !isEven(); turn += 1) {
      if (turn > MOST_TURNS) throw new Error(`never even: ${all.map(({ state }) => state).join(' | ')}`);
      for (const client of all) client.connect();
      await turns(this.#hall, 1);
    }
    const text = this.#compare(all, await this.#stored());
    for (const { edits } of this.#people) met.acknowledged += edits.length;
    for (const client of all) client.disconnect();
    await turns(this.#hall, 5);
    return text;
  }

  /** Ends what a failed history left open. */
  abandon(): void {
    this.#hall.gate = () => Promise.resolve();
    for (const { client } of this.#people) client.disconnect();
  }

  #compare(all: readonly TableClient[], stored: Y.Doc): string {
    const boards = [stored, ...all.map(({ doc }) => doc)].map((doc) => readBoard(doc));
    for (const [index, { doc }] of all.entries()) {
      expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(stored)), 'state vector and deletions').toBe(true);
      expect(unsigned(boards[index + 1]!)).toEqual(unsigned(boards[0]!));
      expect(doc.store.pendingStructs).toBeNull();
      expect(doc.store.pendingDs).toBeNull();
    }
    const { items, themes } = boardShape(stored);
    const shown = everything(boards[0]!);
    expect(shown.map(({ id }) => id).sort(), 'every item at one place').toEqual([...items.keys()].sort());
    for (const records of [items, themes]) {
      // Two who move one item at once, one of whom undoes it, leave it without a key: it stands first then.
      const broken = [...records.keys()].filter(
        (id) => records.get(id)?.has('order') && !isOrderKey(records.get(id)?.get('order')),
      );
      expect(broken, 'records whose order nothing can stand beside').toEqual([]);
    }
    const text = shown.map(({ blocks }) => textOfBlocks(blocks)).join('\n');
    expect(this.#ledger.complaints, 'brought back by somebody who had not taken it').toEqual([]);
    for (let id = 0; id < this.#ids; id += 1) {
      const item = `x${id}` as ItemId;
      expect(items.has(item), `item ${id}`).toBe(this.#ledger.isOnBoard(item) ?? items.has(item));
    }
    for (let index = 0; index < this.#tokens; index += 1) {
      const token = tokenOf(index);
      const times = text.split(token).length - 1;
      expect(times, `times of token ${index}`).toBe(this.#ledger.times(token, stored));
      if (this.#ledger.mustStay(token)) expect(times, `times of token ${index}`).toBe(1);
    }
    stored.destroy();
    return text;
  }

  /** The process is gone: what it acknowledged is on disk, before anybody can offer it again. */
  async #restart(): Promise<void> {
    met.restarts += 1;
    const sure = this.#people.flatMap(({ edits, client }) =>
      edits.slice(0, edits.length - client.acknowledgements.unsaved),
    );
    let isUp = false;
    const restarting = this.#hall.restart().finally(() => (isUp = true));
    while (!isUp) await turns(this.#hall, 1, 1_000); // the old one may wait for a disk that does not answer
    await restarting;
    const stored = await this.#stored();
    const text = everything(readBoard(stored))
      .map(({ blocks }) => textOfBlocks(blocks))
      .join();
    for (const token of sure) {
      if (token !== null && this.#ledger.mustStay(token)) expect(text, 'what was acknowledged').toContain(token);
    }
    stored.destroy();
  }

  async #stored(): Promise<Y.Doc> {
    return replay(this.#document, await this.#hall.storage.documents.read(this.#document));
  }

  #write(person: Person, insert: (token: string) => void): void {
    const token = tokenOf(this.#tokens++);
    insert(token);
    expect(this.#ledger.knows(token), 'it is written').toBe(true);
    person.edits[person.edits.length - 1] = token;
  }

  #sitDown(person: Person): void {
    const { client, edits } = person;
    this.#ledger.watch(client.doc);
    client.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== client) edits.push(null);
    });
    person.undo = ownUndo(client.doc, person);
  }

  #nextClient(): number {
    return (this.#clients += 1) * 7;
  }
}

/** Turns of the event loop in which also time passes; what the database was asked it has answered by the end of each. */
export async function turns(hall: MemoryHall, count: number, milliseconds = 12): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    vi.advanceTimersByTime(milliseconds);
    await new Promise(setImmediate);
    await hall.quiet();
    await new Promise(setImmediate);
  }
}

const everything = (board: Board): Item[] =>
  [...board.themes.flatMap(({ items }) => items), ...board.loose].flatMap((item) => [item, ...item.merged]);

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

function textOf(doc: Y.Doc, item: ItemId): Y.XmlText | null {
  const text = (edit.itemBody(doc, item)?.get(0) as Y.XmlElement | undefined)?.get(0);
  return text instanceof Y.XmlText ? text : null;
}
