import type { ByLanguage } from '../languages/by-language.ts';
import type { Language } from '../languages/language.ts';
import { leastAgain } from '../seating/met.ts';
import { evenSizes } from '../seating/sizes.ts';
import { between, minuteOf, planOf, type PlannedTime } from './plan.ts';
import { settingsOf } from './rules.ts';
import { isInRooms, seatingOf } from './seating-of.ts';
import { joinsNothing, sizeOfGroups, writesApart } from './small-groups.ts';
import { isPlayable, type PlayableStep, type Step } from './step.ts';

/** For whom a script is looked at. */
export interface PlannedHall {
  readonly people: number;
  readonly rooms: number;
  /** In which people read it. */
  readonly languages: readonly Language[];
  /** `HH:MM`; null: nobody knows yet. */
  readonly startsAt: string | null;
  /** When whatever follows in the programme begins. */
  readonly until: string | null;
}

/** Something that will not go as the script has it, with what a sentence about it names. */
export type Remark =
  | { readonly kind: 'meetAgain'; readonly pairs: number; readonly people: number; readonly rooms: number }
  | { readonly kind: 'oneRoom' }
  | { readonly kind: 'joinsNothing' }
  | { readonly kind: 'staysApart' }
  | { readonly kind: 'someAlone'; readonly people: number; readonly rooms: number }
  | { readonly kind: 'groupsTooLarge'; readonly group: number; readonly people: number }
  | { readonly kind: 'turnsTooLong'; readonly people: number; readonly seconds: number; readonly needs: number }
  | { readonly kind: 'reportTooLong'; readonly rooms: number; readonly seconds: number; readonly needs: number }
  | { readonly kind: 'wordsMissing'; readonly languages: readonly Language[] }
  | { readonly kind: 'passedOver' }
  | {
      readonly kind: 'startsLate' | 'waits' | 'backBefore' | 'endsLate';
      readonly at: string;
      readonly minutes: number;
    };

/** `step`: its place; null is the whole. */
export interface PlanRemark {
  readonly step: number | null;
  readonly remark: Remark;
}

/** All that can be foreseen, step by step and then of the whole. Nobody sits anywhere yet: figures are the least that is possible. */
export function checkPlan(steps: readonly Step[], hall: PlannedHall): PlanRemark[] {
  const { times, minutes } = planOf(steps, hall.startsAt);
  const sizes = hall.rooms > 0 ? evenSizes(hall.people, Array<number>(hall.rooms).fill(0)) : [];
  const remarks = steps.flatMap((step, index) =>
    [
      ...untold(step, hall.languages),
      ...(isPlayable(step.kind)
        ? [
            ...outOfTime(step, times[index]!, hall.startsAt),
            ...tooLong(step as PlayableStep, hall, sizes),
            ...again(step, hall, sizes),
            ...(joinsNothing(step, steps.slice(0, index)) ? [{ kind: 'joinsNothing' } as const] : []),
            ...(writesApart(step) ? [{ kind: 'staysApart' } as const] : []),
          ]
        : [{ kind: 'passedOver' } as const]),
    ].map((remark) => ({ step: index, remark })),
  );
  return [...remarks, ...ofWhole(steps, minutes, hall, sizes).map((remark) => ({ step: null, remark }))];
}

/** What some read in another language than theirs. A text that nobody has is no lack. */
function untold({ title, instruction }: Step, languages: readonly Language[]): Remark[] {
  const missing = languages.filter((lang) => lacks(title, lang) || lacks(instruction, lang));
  return missing.length === 0 ? [] : [{ kind: 'wordsMissing', languages: missing }];
}

const lacks = (text: ByLanguage | undefined, lang: Language): boolean =>
  text !== undefined && Object.keys(text).length > 0 && !text[lang]?.trim();

function outOfTime(step: Step, { after, pinned }: PlannedTime, startsAt: string | null): Remark[] {
  const found: Remark[] = [];
  if (step.startsAt !== undefined && pinned !== null && pinned !== 0) {
    found.push({ kind: pinned < 0 ? 'startsLate' : 'waits', at: step.startsAt, minutes: Math.abs(pinned) });
  }
  const backAt = step.kind === 'pause' ? step.settings?.backAt : null;
  if (typeof backAt === 'string' && startsAt !== null && after !== null) {
    const left = between(minuteOf(startsAt) + after, minuteOf(backAt));
    if (left <= 0) found.push({ kind: 'backBefore', at: backAt, minutes: -left });
  }
  return found;
}

/** What takes longer than a step's minutes. */
function tooLong(step: PlayableStep, { people, rooms }: PlannedHall, sizes: readonly number[]): Remark[] {
  const { minutes, place, kind } = step;
  const settings = settingsOf(step);
  if (typeof place === 'object' && people > 0 && place.groups > people) {
    return [{ kind: 'groupsTooLarge', group: place.groups, people }];
  }
  if (minutes === null) return [];
  if (kind === 'report' && typeof settings.seconds === 'number') {
    const needs = Math.ceil((rooms * settings.seconds) / 60);
    return needs > minutes ? [{ kind: 'reportTooLong', rooms, seconds: settings.seconds, needs }] : [];
  }
  if (kind === 'talk' && typeof settings.turns === 'object' && settings.turns !== null) {
    const { each: seconds } = settings.turns as { readonly each: number };
    const atTable = sizeOfGroups(step) ?? Math.max(0, ...sizes);
    const speakers = place === 'plenary' ? people : Math.min(atTable, people);
    const needs = Math.ceil((speakers * seconds) / 60);
    return needs > minutes ? [{ kind: 'turnsTooLong', people: speakers, seconds, needs }] : [];
  }
  return [];
}

/** How many meet again where people are mixed. They sat in as many rooms before. */
function again(step: Step, { people, rooms }: PlannedHall, sizes: readonly number[]): Remark[] {
  const asked = seatingOf(step);
  if (asked !== 'mix' && asked !== 'rotate') return [];
  if (rooms < 2) return [{ kind: 'oneRoom' }];
  const pairs = leastAgain(sizes, people, rooms);
  return pairs > 0 ? [{ kind: 'meetAgain', pairs, people, rooms }] : [];
}

function ofWhole(steps: readonly Step[], minutes: number, hall: PlannedHall, sizes: readonly number[]): Remark[] {
  const { people, rooms, startsAt, until } = hall;
  const found: Remark[] = [];
  if (people > 1 && sizes.some((size) => size < 2) && steps.some(isInRooms)) {
    found.push({ kind: 'someAlone', people, rooms });
  }
  const left = startsAt === null || until === null ? null : between(minuteOf(startsAt), minuteOf(until)) - minutes;
  if (left !== null && left < 0) found.push({ kind: 'endsLate', at: until!, minutes: -left });
  return found;
}
