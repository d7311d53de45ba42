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

/** All ideas there are: each comes once in the whole forum before any comes again, first as it is and then with each phrase. */
export class Ideas {
  readonly #lines: Map<Language, Idea[]>;

  constructor(random: Random) {
    this.#lines = new Map(
      Object.entries(VOICES).map(([language, { ideas, phrases }]) => {
        const all = TOPICS.flatMap((topic) => ideas[topic].map((text) => ({ topic, text })));
        const mixed = random.shuffled(all);
        const longer = phrases.flatMap((phrase) =>
          mixed.map(({ topic, text }) => ({ topic, text: `${text} (${phrase})` })),
        );
        return [language, [...mixed, ...longer]];
      }),
    );
  }

  /** Null in a language that nobody here writes. */
  take(language: Language): Idea | null {
    const line = this.#lines.get(language);
    const idea = line?.shift();
    if (!line || !idea) return null;
    line.push(idea);
    return idea;
  }
}
