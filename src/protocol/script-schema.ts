import * as v from 'valibot';
import type { StepId } from '#domain/ids.ts';
import { lineByLine, oneLine } from '#domain/languages/one-line.ts';
import { isSeen } from '#domain/languages/seen.ts';
import { LIMITS } from '#domain/limits.ts';

/** A script as a file: what templates, imports and exports hold. Steps are told what differs; defaults are their kinds'. */
export const SCRIPT_FORMAT = 1;

const MOST_TEXT = 2_000; // characters; an instruction is read while standing
const MOST_LISTED = 20;

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(least), v.maxValue(most));
const id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/i, 'must be up to 40 letters, digits and dashes'));
const said = (cleaned: (text: string) => string) =>
  v.pipe(v.string(), v.transform(cleaned), v.nonEmpty(), v.check(isSeen, 'cannot be seen'), v.maxLength(MOST_TEXT));
const line = said(oneLine);
const words = said(lineByLine);
const language = v.pipe(v.string(), v.regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, 'must be a language such as en'));
const MOST_LANGUAGES = 12; // every working language of a forum, and some to spare

const inLanguages = (text: typeof words) =>
  v.pipe(
    v.record(language, text),
    v.check((given) => Object.keys(given).length > 0, 'has no language'),
    v.check((given) => Object.keys(given).length <= MOST_LANGUAGES, `has more than ${MOST_LANGUAGES} languages`),
  );
/** One text in several languages. */
export const texts = inLanguages(words);
export const titles = inLanguages(line);
const criteria = v.pipe(v.array(titles), v.minLength(1), v.maxLength(2));
const time = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 13:00'));

const place = v.union([
  v.picklist(['alone', 'pairs', 'rooms', 'plenary']),
  v.strictObject({ groups: v.picklist([3, 4, 5, 6]) }),
]);

const common = {
  id: v.optional(id),
  title: v.optional(titles),
  instruction: v.optional(texts),
  /** For the facilitator's eyes. */
  note: v.optional(words),
  minutes: v.nullable(whole(1, LIMITS.minutesOfStep.most)),
  /** Wall-clock time that the plan keeps to. */
  startsAt: v.optional(time),
  place: v.optional(place),
  seating: v.optional(
    v.union([
      v.picklist(['keep', 'join', 'shuffle', 'rotate', 'home']),
      v.strictObject({
        as: v.pipe(
          id,
          v.transform((value) => value as StepId),
        ),
      }),
    ]),
  ),
  advance: v.optional(v.picklist(['byHand', 'whenOver'])),
  ready: v.optional(v.boolean()),
  part: v.optional(v.strictObject({ group: line, round: whole(1, 60), of: whole(1, 60) })),
};

const step = <const Kind extends string, Settings extends v.ObjectEntries>(kind: Kind, settings: Settings) =>
  v.strictObject({ ...common, kind: v.literal(kind), settings: v.optional(v.strictObject(settings)) });

/** Seconds each, a queue, or as people like. */
export const turns = v.union([v.picklist(['none', 'queue']), v.strictObject({ each: whole(10, 900) })]);
const yes = v.optional(v.boolean());
const method = v.variant('kind', [
  v.strictObject({ kind: v.literal('dots'), each: whole(1, 20), most: whole(1, 20) }),
  v.strictObject({ kind: v.literal('rate'), criteria: v.optional(criteria) }),
  v.strictObject({ kind: v.literal('rank'), top: whole(2, 10) }),
]);
const rule = v.strictObject({ consent: whole(1, 100), objection: whole(0, 100) });

export const scriptStep = v.variant('kind', [
  step('arrive', {}),
  step('brief', { test: yes }),
  step('write', {
    by: v.optional(v.picklist(['anonymous', 'delegation', 'name'])),
    most: v.optional(v.nullable(whole(1, 50))),
    length: v.optional(whole(20, 2_000)),
    themes: v.optional(v.pipe(v.array(titles), v.minLength(2), v.maxLength(MOST_LISTED))),
  }),
  step('writeTogether', {}),
  step('pass', { each: v.optional(whole(1, 10)) }),
  step('select', { carry: v.optional(whole(1, 20)), from: v.optional(v.picklist(['drafts', 'board'])) }),
  step('talk', {
    turns: v.optional(turns),
    topics: v.optional(v.union([v.picklist(['themes', 'one']), v.pipe(v.array(titles), v.maxLength(MOST_LISTED))])),
    notes: yes,
  }),
  step('ask', { upvote: yes, anonymous: yes }),
  step('cluster', { hints: yes, themes: v.optional(v.nullable(whole(1, 30))) }),
  step('vote', {
    method: v.optional(method),
    of: v.optional(v.picklist(['ownRoom', 'otherRooms', 'plenary'])),
    perDraft: v.optional(whole(1, 50)),
    perPerson: v.optional(whole(1, 50)),
    secrecy: v.optional(v.picklist(['open', 'named', 'secret'])),
  }),
  step('draft', { want: v.optional(whole(1, 30)), brackets: yes }),
  step('report', { seconds: v.optional(whole(10, 1_800)) }),
  step('merge', { hints: yes, wanted: v.optional(whole(1, 30)) }),
  step('polish', { themes: v.optional(whole(1, 10)), redline: yes }),
  step('agree', {
    method: v.optional(v.picklist(['gradients', 'fist', 'yesNo', 'consent'])),
    rule: v.optional(rule),
    quorum: v.optional(whole(1, 100)),
    only: v.optional(v.picklist(['all', 'changed'])),
  }),
  step('adopt', { quorum: v.optional(whole(1, 100)) }),
  step('commit', {}),
  step('pause', { backAt: v.optional(time) }),
  step('close', {}),
]);

export const scriptFile = v.strictObject({
  script: v.literal(SCRIPT_FORMAT),
  id: v.optional(id),
  title: titles,
  about: v.optional(texts),
  /** Where it comes from, to be read up. */
  source: v.optional(words),
  steps: v.pipe(v.array(scriptStep), v.minLength(1), v.maxLength(LIMITS.stepsOfScript.most)),
});

export type ScriptFile = v.InferOutput<typeof scriptFile>;
