import { setTimeout as wait } from 'node:timers/promises';
import * as Y from 'yjs';
import { REACTIONS, type Board, type Item } from '#domain/board/board.ts';
import type { CommentId, ItemId } from '#domain/ids.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import {
  addComment,
  addItem,
  addTheme,
  itemBody,
  mergeItems,
  moveItem,
  toggleReaction,
  type Writer,
} from '#protocol/board/edit.ts';
import { readBoard } from '#protocol/board/read.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { BoardClient } from './board-client.ts';
import type { Member } from './cast.ts';
import type { Random } from './random.ts';
import { TOPICS, VOICES } from './sentences.ts';
import type { Ideas, Table } from './table.ts';

export const HABITS = { write: 40, extend: 14, comment: 13, react: 17, place: 12, reorder: 3, merge: 1 };
export type Habit = keyof typeof HABITS;
const BEFORE_COMMENT = 2_500; // ms on average for reading what one comments on
const BETWEEN_WORDS = 260; // ms on average; a quick hand on a phone

interface About {
  readonly board: BoardClient;
  readonly table: Table;
  readonly seat: Writer['seat'];
  readonly member: Member;
  readonly random: Random;
  readonly ideas: Ideas;
  readonly slowness: number;
  /** Whether the step still lets them. */
  readonly mayWrite: () => boolean;
}

/** One person's hand at one board: what they write, move and mark there, as quickly as people do. */
export class WritingHand {
  readonly #about: About;

  constructor(about: About) {
    this.#about = about;
  }

  /** The headings, where nobody has written them. */
  layThemes(): void {
    if (!this.#about.table.layThemes()) return;
    for (const topic of TOPICS) {
      const id = this.#about.table.themes.get(topic);
      if (!id) continue;
      addTheme(
        this.#about.board.doc,
        { id, title: { text: this.#about.table.titleOf(topic), lang: 'en' } },
        this.#writer(),
      );
    }
  }

  async do(habit: Habit): Promise<void> {
    const { doc } = this.#about.board;
    const board = readBoard(doc);
    const items = [...board.loose, ...board.themes.flatMap((theme) => theme.items)].filter(hasWords);
    const item = this.#about.random.pick(items);
    if (!item || habit === 'write') return this.#writeIdea();
    switch (habit) {
      case 'extend':
        return this.#extend(item);
      case 'comment':
        return this.#comment(item);
      case 'react':
        return toggleReaction(doc, item.id, this.#about.random.pick(REACTIONS) ?? 'agree', this.#writer());
      case 'place':
        return this.#place(this.#about.random.pick(board.loose.filter(hasWords)) ?? item);
      case 'reorder':
        return this.#reorder(board);
      case 'merge':
        return this.#merge(board);
    }
  }

  async #writeIdea(): Promise<void> {
    const { language } = this.#about.member;
    const idea = this.#about.ideas.take(language);
    if (!idea) return;
    const id = randomId() as ItemId;
    this.#about.table.remember(id, idea.topic);
    const theme = this.#about.random.next() < 0.6 ? (this.#about.table.themes.get(idea.topic) ?? null) : null;
    const blocks = [{ kind: 'paragraph', lang: language, runs: [] }] as const;
    addItem(this.#about.board.doc, { id, theme, lang: language, blocks }, this.#writer());
    await this.#type(id, idea.text);
  }

  /** Adds a phrase to what somebody wrote, in the language it was written in. */
  async #extend(item: Item): Promise<void> {
    const phrase = this.#about.random.pick(VOICES[item.lang]?.phrases ?? []);
    if (phrase && !textOfBlocks(item.blocks).includes(phrase)) await this.#type(item.id, ` (${phrase})`);
  }

  /** Word by word, with the cursor behind it. Stops when somebody removes the text meanwhile. */
  async #type(item: ItemId, words: string): Promise<void> {
    for (const word of words.split(/(?<=\S)(?=\s)/)) {
      const text = textOf(this.#about.board.doc, item);
      if (!text || !this.#about.mayWrite()) return;
      this.#about.board.doc.transact(() => text.insert(text.length, word), this);
      this.#about.board.point(item, text);
      await wait(this.#about.random.pause(BETWEEN_WORDS * this.#about.slowness));
    }
  }

  async #comment(item: Item): Promise<void> {
    const { language } = this.#about.member;
    const text = this.#about.random.pick(VOICES[language]?.comments ?? []);
    if (!text) return;
    this.#about.board.point(item.id);
    await wait(this.#about.random.pause(BEFORE_COMMENT * this.#about.slowness));
    if (!this.#about.mayWrite()) return;
    addComment(
      this.#about.board.doc,
      item.id,
      { id: randomId() as CommentId, text: { text, lang: language } },
      this.#writer(),
    );
  }

  #place(item: Item): void {
    const topic = this.#about.table.topicOf(item.id) ?? this.#about.random.pick(TOPICS);
    const theme = topic && this.#about.table.themes.get(topic);
    if (theme) moveItem(this.#about.board.doc, item.id, theme, null, this.#writer());
  }

  #reorder(board: Board): void {
    const theme = this.#about.random.pick(board.themes);
    const item = this.#about.random.pick(theme?.items ?? []);
    const before = this.#about.random.pick(theme?.items ?? []);
    if (theme && item && before) moveItem(this.#about.board.doc, item.id, theme.id, before.id, this.#writer());
  }

  #merge(board: Board): void {
    const theme = this.#about.random.pick(board.themes.filter(({ items }) => items.length > 3));
    const [from, into] = [this.#about.random.pick(theme?.items ?? []), this.#about.random.pick(theme?.items ?? [])];
    if (from && into) mergeItems(this.#about.board.doc, from.id, into.id, this.#writer());
  }

  #writer(): Writer {
    return { seat: this.#about.seat, at: Date.now(), origin: this };
  }
}

const hasWords = (item: Item): boolean => textOfBlocks(item.blocks).trim() !== '';

/** The text of an item's last paragraph. */
function textOf(doc: Y.Doc, item: ItemId): Y.XmlText | null {
  const body = itemBody(doc, item);
  const paragraph = body && body.length > 0 ? body.get(body.length - 1) : null;
  const text = paragraph instanceof Y.XmlElement && paragraph.length > 0 ? paragraph.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
}
