import type { MessageKey } from '#lib/i18n/text.ts';
import type { AnyStepKind } from '#domain/script/step.ts';

export type Settings = Readonly<Record<string, unknown>>;

/** A place in a sentence where something is filled in; `at`: where it stands in the settings, such as `method.each`. */
export type Slot = { readonly at: string; readonly label: MessageKey } & (
  | {
      readonly kind: 'whole';
      readonly least: number;
      readonly most: number;
      /** Null: may be left open. */
      readonly usual: number | null;
      /** How “left open” is stored; absent: not at all. */
      readonly open?: null;
    }
  | { readonly kind: 'time' }
  | {
      readonly kind: 'choice';
      /** Each with its words, and with what is stored where that is more than the word. */
      readonly options: Readonly<Record<string, { readonly text: MessageKey; readonly stored?: unknown }>>;
      /** Null: nobody has decided. */
      readonly usual: string | null;
    }
);

export type Sentence = { readonly text: MessageKey; readonly when?: (settings: Settings) => boolean } & (
  | { readonly slots: Readonly<Record<string, Slot>> }
  /** Said when it is so, and to be ticked. */
  | { readonly check: string; readonly usual: boolean }
);

const whole = (
  at: string,
  label: MessageKey,
  [least, most]: readonly [number, number],
  usual: number | null,
  open?: null,
): Slot => ({ kind: 'whole', at, label, least, most, usual, ...(open === null && { open }) });
const options = <const Word extends string>(words: Readonly<Record<Word, MessageKey>>) =>
  Object.fromEntries(Object.entries<MessageKey>(words).map(([word, text]) => [word, { text }]));

export const optionOf = (value: unknown): string | null => {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return 'list';
  if (typeof value !== 'object' || value === null) return null;
  return 'kind' in value && typeof value.kind === 'string' ? value.kind : (Object.keys(value)[0] ?? null);
};
const isBy = (method: string) => (settings: Settings) => (optionOf(settings.method) ?? 'dots') === method;

/** What stands beside a part that is filled in first: both are stored, or none. */
const WHOLE_PARTS: Settings = {
  rule: { consent: 70, objection: 5 },
  method: { kind: 'dots', each: 5, most: 2 },
  turns: { each: 60 },
};

/** What each kind lets one set, as people say it. What is not in here is kept as a file has it. */
export const SENTENCES: Readonly<Record<AnyStepKind, readonly Sentence[]>> = {
  arrive: [],
  brief: [], // a vote to try out cannot be run here yet: what a file says of it is kept
  writeTogether: [],
  commit: [],
  close: [],
  write: [
    {
      text: 'scripts.set_write_by',
      slots: {
        by: {
          kind: 'choice',
          at: 'by',
          label: 'scripts.slot_by',
          usual: 'anonymous',
          options: options({
            anonymous: 'scripts.by_anonymous',
            delegation: 'scripts.by_delegation',
            name: 'scripts.by_name',
          }),
        },
      },
    },
    {
      text: 'scripts.set_write_most',
      slots: { most: whole('most', 'scripts.slot_mostIdeas', [1, 50], null, null) },
    },
    { text: 'scripts.set_write_length', slots: { length: whole('length', 'scripts.slot_length', [20, 2_000], 280) } },
  ],
  pass: [{ text: 'scripts.set_pass_each', slots: { each: whole('each', 'scripts.slot_ideasEach', [1, 10], 3) } }],
  select: [
    {
      text: 'scripts.set_select',
      slots: {
        carry: whole('carry', 'scripts.slot_carry', [1, 20], 3),
        from: {
          kind: 'choice',
          at: 'from',
          label: 'scripts.slot_from',
          usual: 'drafts',
          options: options({ drafts: 'scripts.from_drafts', board: 'scripts.from_board' }),
        },
      },
    },
  ],
  talk: [
    {
      text: 'scripts.set_talk_turns',
      slots: {
        turns: {
          kind: 'choice',
          at: 'turns',
          label: 'scripts.slot_turns',
          usual: 'none',
          options: {
            none: { text: 'scripts.turns_none' },
            queue: { text: 'scripts.turns_queue' },
            each: { text: 'scripts.turns_each', stored: { each: 60 } },
          },
        },
      },
    },
    {
      text: 'scripts.set_talk_seconds',
      when: ({ turns }) => optionOf(turns) === 'each',
      slots: { seconds: whole('turns.each', 'scripts.slot_seconds', [10, 900], 60) },
    },
    {
      text: 'scripts.set_talk_topics',
      when: ({ topics }) => optionOf(topics) !== 'list',
      slots: {
        topics: {
          kind: 'choice',
          at: 'topics',
          label: 'scripts.slot_topics',
          usual: 'one',
          options: options({ one: 'scripts.topics_one', themes: 'scripts.topics_themes' }),
        },
      },
    },
    { text: 'scripts.set_talk_notes', check: 'notes', usual: false },
  ],
  ask: [
    { text: 'scripts.set_ask_upvote', check: 'upvote', usual: true },
    { text: 'scripts.set_ask_anonymous', check: 'anonymous', usual: false },
  ],
  cluster: [
    {
      text: 'scripts.set_cluster_themes',
      slots: { themes: whole('themes', 'scripts.slot_themes', [1, 30], null, null) },
    },
    { text: 'scripts.set_hints', check: 'hints', usual: true },
  ],
  vote: [
    {
      text: 'scripts.set_vote_method',
      slots: {
        method: {
          kind: 'choice',
          at: 'method',
          label: 'scripts.slot_method',
          usual: 'dots',
          options: {
            dots: { text: 'scripts.method_dots', stored: { kind: 'dots', each: 5, most: 2 } },
            rate: { text: 'scripts.method_rate', stored: { kind: 'rate' } },
            rank: { text: 'scripts.method_rank', stored: { kind: 'rank', top: 5 } },
          },
        },
        of: {
          kind: 'choice',
          at: 'of',
          label: 'scripts.slot_of',
          usual: 'ownRoom',
          options: options({
            ownRoom: 'scripts.of_ownRoom',
            otherRooms: 'scripts.of_otherRooms',
            plenary: 'scripts.of_plenary',
          }),
        },
      },
    },
    {
      text: 'scripts.set_vote_dots',
      when: isBy('dots'),
      slots: {
        each: whole('method.each', 'scripts.slot_dotsEach', [1, 20], 5),
        most: whole('method.most', 'scripts.slot_dotsMost', [1, 20], 2),
      },
    },
    {
      text: 'scripts.set_vote_rank',
      when: isBy('rank'),
      slots: { top: whole('method.top', 'scripts.slot_top', [2, 10], 5) },
    },
    {
      text: 'scripts.set_vote_perPerson',
      when: isBy('rate'),
      slots: { perPerson: whole('perPerson', 'scripts.slot_perPerson', [1, 50], null) },
    },
    {
      text: 'scripts.set_vote_perDraft',
      when: isBy('rate'),
      slots: { perDraft: whole('perDraft', 'scripts.slot_perDraft', [1, 50], null) },
    },
    {
      text: 'scripts.set_vote_secrecy',
      slots: {
        secrecy: {
          kind: 'choice',
          at: 'secrecy',
          label: 'scripts.slot_secrecy',
          usual: null,
          options: options({
            open: 'scripts.secrecy_open',
            named: 'scripts.secrecy_named',
            secret: 'scripts.secrecy_secret',
          }),
        },
      },
    },
  ],
  draft: [
    { text: 'scripts.set_draft_want', slots: { want: whole('want', 'scripts.slot_want', [1, 30], 4) } },
    { text: 'scripts.set_draft_brackets', check: 'brackets', usual: false },
  ],
  report: [
    { text: 'scripts.set_report', slots: { seconds: whole('seconds', 'scripts.slot_roomSeconds', [10, 1_800], 120) } },
  ],
  merge: [
    { text: 'scripts.set_merge', slots: { wanted: whole('wanted', 'scripts.slot_wanted', [1, 30], 7) } },
    { text: 'scripts.set_hints', check: 'hints', usual: true },
  ],
  polish: [
    { text: 'scripts.set_polish', slots: { themes: whole('themes', 'scripts.slot_themesEach', [1, 10], 2) } },
    { text: 'scripts.set_polish_redline', check: 'redline', usual: true },
  ],
  agree: [
    {
      text: 'scripts.set_agree_method',
      slots: {
        method: {
          kind: 'choice',
          at: 'method',
          label: 'scripts.slot_method',
          usual: 'gradients',
          options: options({
            gradients: 'scripts.agree_gradients',
            fist: 'scripts.agree_fist',
            yesNo: 'scripts.agree_yesNo',
            consent: 'scripts.agree_consent',
          }),
        },
        only: {
          kind: 'choice',
          at: 'only',
          label: 'scripts.slot_only',
          usual: 'all',
          options: options({ all: 'scripts.only_all', changed: 'scripts.only_changed' }),
        },
      },
    },
    {
      text: 'scripts.set_agree_rule',
      slots: {
        consent: whole('rule.consent', 'scripts.slot_consent', [1, 100], null),
        objection: whole('rule.objection', 'scripts.slot_objection', [0, 100], null),
      },
    },
    { text: 'scripts.set_quorum', slots: { quorum: whole('quorum', 'scripts.slot_quorum', [1, 100], null) } },
  ],
  adopt: [{ text: 'scripts.set_quorum', slots: { quorum: whole('quorum', 'scripts.slot_quorum', [1, 100], null) } }],
  pause: [
    {
      text: 'scripts.set_pause_backAt',
      slots: { backAt: { kind: 'time', at: 'backAt', label: 'scripts.slot_backAt' } },
    },
  ],
};

const partsOf = (at: string): readonly [string, string | null] => {
  const [head = at, inner = null] = at.split('.', 2);
  return [head, inner];
};

/** What is stored at a place; undefined: as usual. */
export function settingAt(settings: Settings, at: string): unknown {
  const [head, inner] = partsOf(at);
  const value = settings[head];
  if (inner === null) return value;
  return typeof value === 'object' && value !== null ? (value as Settings)[inner] : undefined;
}

/** The settings with another value at a place; undefined takes it away, and of what is stored together all of it. */
export function withSetting(settings: Settings, at: string, value: unknown): Settings {
  const [head, inner] = partsOf(at);
  if (value === undefined) return Object.fromEntries(Object.entries(settings).filter(([key]) => key !== head));
  if (inner === null) return { ...settings, [head]: value };
  const before = settings[head];
  const isThere = typeof before === 'object' && before !== null;
  return { ...settings, [head]: { ...((isThere ? before : WHOLE_PARTS[head]) as Settings), [inner]: value } };
}
