import type { ByLanguage } from '../../languages/by-language.ts';
import type { StepRules } from '../step-rules.ts';

export type TalkSettings = {
  /** Seconds each, a queue, or as people like. */
  readonly turns: 'none' | 'queue' | { readonly each: number };
  readonly topics: 'themes' | 'one' | readonly ByLanguage[];
  /** Whether people write while they talk. */
  readonly notes: boolean;
};

export const talk: StepRules<TalkSettings> = {
  minutes: 10,
  defaults: { turns: 'none', topics: 'one', notes: false },
  task: 'talk',
  board: ({ notes }) => (notes ? 'write' : 'read'),
};
