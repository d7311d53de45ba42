import type { ItemId, ThemeId } from '#domain/ids.ts';
import type { Language } from '#domain/languages/language.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { Random } from './random.ts';
import { THEME_TITLES, TOPICS, VOICES, type Topic } from './sentences.ts';

export interface Idea {
  readonly topic: Topic;
  readonly text: string;
}

/** What the people of one room know of each other's writing beyond the board: which topic an idea is about. */
export class Table {
  readonly themes = new Map<Topic, ThemeId>(TOPICS.map((topic) => [topic, randomId() as ThemeId]));
  readonly #topics = new Map<ItemId, Topic>();
  #isLaid = false;

  /** Whether the headings are still to be written; who asks first writes them. */
  layThemes(): boolean {
    const isFirst = !this.#isLaid;
    this.#isLaid = true;
    return isFirst;
  }

  titleOf(topic: Topic): string {
    return THEME_TITLES[topic];
  }

  remember(item: ItemId, topic: Topic): void {
    this.#topics.set(item, topic);
  }

  topicOf(item: ItemId): Topic | undefined {
    return this.#topics.get(item);
  }
}

/** The tables of all rooms, by their boards' documents. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  of(document: string): Table {
    const table = this.#tables.get(document) ?? new Table();
    this.#tables.set(document, table);
    return table;
  }
}

/** All ideas there are, each taken once in the whole forum. */
export class Ideas {
  readonly #left: Map<Language, Idea[]>;

  constructor(random: Random) {
    this.#left = new Map(
      Object.entries(VOICES).map(([language, { ideas }]) => {
        const all = TOPICS.flatMap((topic) => ideas[topic].map((text) => ({ topic, text })));
        const order = new Map(all.map((idea) => [idea, random.next()]));
        return [language, all.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))];
      }),
    );
  }

  /** Null when everything has been said in this language. */
  take(language: Language): Idea | null {
    return this.#left.get(language)?.pop() ?? null;
  }
}
