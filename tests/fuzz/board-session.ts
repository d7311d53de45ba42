import { expect, vi } from 'vitest';
import * as Y from 'yjs';
import type { Board, Item } from '#domain/board/board.ts';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { ownUndo } from '#lib/board/undo.ts';
import * as edit from '#protocol/board/edit.ts';
import { orderKey, readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import type { DocumentName } from '#protocol/document-name.ts';
import { encodeAwareness } from '#protocol/sync.ts';
import { StorageError } from '#server/storage/ports.ts';
import { replay } from '#server/sync/replay.ts';
import { presenceOf } from '../integration/attack-frames.ts';
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

const FIRST_TOKEN = 0xe000; // the private use area: each insertion is one character that nobody else ever writes
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

/** People at one board on a real server, with faults; time passes only when a step says so. */
export class BoardSession {
  readonly #hall: MemoryHall;
  readonly #document: DocumentName;
  readonly #people: Person[];
  /** Every token, with the item that it was written in and its author. */
  readonly #written = new Map<string, { item: ItemId; author: Person }>();
  readonly #authors = new Map<ItemId, Person>();
  readonly #removed = new Set<ItemId>();
  readonly #cutBy = new Map<string, Set<Person>>();
  readonly #undoers = new Set<Person>();
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
        this.#authors.set(id as ItemId, person);
        return this.#write(person, id as ItemId, (token) => {
          const blocks = [{ kind: 'paragraph', lang: 'en', runs: [{ text: token }] }] as const;
          edit.addItem(doc, { id: id as ItemId, theme, lang: 'en', blocks }, writer);
        });
      case 'moveItem':
        return item && edit.moveItem(doc, item, theme, pick([null, ...items], third) ?? null, writer);
      case 'removeItem':
        if (item) this.#removed.add(item);
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
        return this.#write(person, item, (token) => doc.transact(() => text.insert(at, token + noise), writer.origin));
      }
      case 'cut': {
        const text = item && textOf(doc, item);
        if (!text || text.length === 0) return;
        const from = second % text.length;
        const length = Math.min(1 + (third % 4), text.length - from);
        for (const token of tokensIn(plain(text).slice(from, from + length))) this.#cut(token, person);
        return doc.transact(() => text.delete(from, length), writer.origin);
      }
      case 'undo':
      case 'redo':
        this.#undoers.add(person);
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

  /** Everybody comes back to a server without faults, and in the end there is one board. */
  async finish(): Promise<void> {
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
    this.#compare(all, await this.#stored());
    for (const { edits } of this.#people) met.acknowledged += edits.length;
    for (const client of all) client.disconnect();
    await turns(this.#hall, 5);
  }

  /** Ends what a failed history left open. */
  abandon(): void {
    this.#hall.gate = () => Promise.resolve();
    for (const { client } of this.#people) client.disconnect();
  }

  #compare(all: readonly TableClient[], stored: Y.Doc): void {
    const boards = [stored, ...all.map(({ doc }) => doc)].map((doc) => readBoard(doc));
    for (const [index, { doc }] of all.entries()) {
      expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(stored)), 'state vector and deletions').toBe(true);
      expect(boards[index + 1]).toEqual(boards[0]);
      expect(doc.store.pendingStructs).toBeNull();
      expect(doc.store.pendingDs).toBeNull();
    }
    const { items, themes } = boardShape(stored);
    const shown = everything(boards[0]!);
    expect(shown.map(({ id }) => id).sort(), 'every item at one place').toEqual([...items.keys()].sort());
    for (const records of [items, themes]) {
      // Two who move one item at once, one of whom undoes it, leave it without a key: it stands first then.
      const broken = [...records.keys()].filter((id) => records.get(id)?.has('order') && !orderKey(records, id));
      expect(broken, 'records whose order nothing can stand beside').toEqual([]);
    }
    const text = shown.map(({ blocks }) => textOfBlocks(blocks)).join('\n');
    for (const token of this.#written.keys()) {
      const times = text.split(token).length - 1;
      // Two who cut the same word and both undo it bring it back twice: Yjs cannot know that they meant one.
      if ((this.#cutBy.get(token)?.size ?? 0) < 2) expect(times, `times of ${code(token)}`).toBeLessThanOrEqual(1);
      if (this.#mustStay(token)) expect(times, `times of ${code(token)}`).toBe(1);
    }
    stored.destroy();
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
      if (token !== null && this.#mustStay(token)) expect(text, `acknowledged ${code(token)}`).toContain(token);
    }
    stored.destroy();
  }

  async #stored(): Promise<Y.Doc> {
    return replay(this.#document, await this.#hall.storage.documents.read(this.#document));
  }

  /** Nobody did anything that may take the token away. */
  #mustStay(token: string): boolean {
    const { item, author } = this.#written.get(token)!;
    if (this.#removed.has(item) || this.#cutBy.has(token)) return false;
    return !this.#undoers.has(author) && !this.#undoers.has(this.#authors.get(item)!);
  }

  #write(person: Person, item: ItemId, insert: (token: string) => void): void {
    const token = String.fromCharCode(FIRST_TOKEN + this.#written.size);
    this.#written.set(token, { item, author: person });
    const before = person.edits.length;
    insert(token);
    if (person.edits.length > before) person.edits[person.edits.length - 1] = token;
  }

  #cut(token: string, person: Person): void {
    this.#cutBy.set(token, (this.#cutBy.get(token) ?? new Set()).add(person));
  }

  #sitDown(person: Person): void {
    const { client, edits } = person;
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

const plain = (text: Y.XmlText): string =>
  (text.toDelta() as { insert: string }[]).map(({ insert }) => insert).join('');

const tokensIn = (text: string): string[] => [...text].filter((character) => /[\ue000-\uf8ff]/.test(character));

const code = (token: string): string => `token ${token.charCodeAt(0) - FIRST_TOKEN}`;
