import { getContext, setContext } from 'svelte';
import type account from './messages/en/account.json';
import type alike from './messages/en/alike.json';
import type app from './messages/en/app.json';
import type board from './messages/en/board.json';
import type calls from './messages/en/calls.json';
import type control from './messages/en/control.json';
import type forum from './messages/en/forum.json';
import type groups from './messages/en/groups.json';
import type heard from './messages/en/heard.json';
import type join from './messages/en/join.json';
import type keys from './messages/en/keys.json';
import type menu from './messages/en/menu.json';
import type outcome from './messages/en/outcome.json';
import type questions from './messages/en/questions.json';
import type refusal from './messages/en/refusal.json';
import type rehearsal from './messages/en/rehearsal.json';
import type script from './messages/en/script.json';
import type scripts from './messages/en/scripts.json';
import type talk from './messages/en/talk.json';
import type versions from './messages/en/versions.json';
import type { Catalogue, Locale, MessageSet } from './locales.ts';

interface Areas {
  account: typeof account;
  alike: typeof alike;
  app: typeof app;
  board: typeof board;
  calls: typeof calls;
  control: typeof control;
  forum: typeof forum;
  groups: typeof groups;
  heard: typeof heard;
  join: typeof join;
  keys: typeof keys;
  menu: typeof menu;
  outcome: typeof outcome;
  questions: typeof questions;
  refusal: typeof refusal;
  rehearsal: typeof rehearsal;
  script: typeof script;
  scripts: typeof scripts;
  talk: typeof talk;
  versions: typeof versions;
}

/** Every message there is, as `<area>.<key>`: a misspelt key is a type error. */
export type MessageKey = { [A in keyof Areas]: `${A}.${keyof Areas[A] & string}` }[keyof Areas];
export type Values = Readonly<Record<string, string | number | undefined>>;

/** Gives the text of a message in the page's locale. `t.locale` is for `Intl`. */
export interface Translate {
  (key: MessageKey, values?: Values): string;
  readonly locale: Locale;
  /** Resolves when every message is there: what is said and not shown would be empty before, and never said anew. */
  whole(): Promise<void>;
  /** Resolves when those of a set are there. */
  with(set: MessageSet): Promise<void>;
}

export function translator(catalogue: Catalogue, locale: Locale): Translate {
  return Object.assign((key: MessageKey, values?: Values) => catalogue[key]?.(values) ?? key, {
    locale,
    whole: () => Promise.resolve(),
    with: () => Promise.resolve(),
  });
}

const KEY = Symbol('text');

/** Called once by the root layout; takes a getter because the locale can change while the page lives. */
export function provideText(current: () => Translate): void {
  setContext(KEY, current);
}

export function useText(): Translate {
  const current = getContext<() => Translate>(KEY);
  const t = (key: MessageKey, values?: Values) => current()(key, values);
  return Object.defineProperty(
    Object.assign(t, { whole: () => current().whole(), with: (set: MessageSet) => current().with(set) }),
    'locale',
    {
      get: () => current().locale,
    },
  ) as Translate;
}
