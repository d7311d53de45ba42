import type { ForumId, RoomId, WorkshopId } from '../ids.ts';
import type { Language } from '../languages/language.ts';
import { LIMITS } from '../limits.ts';
import { accepted, refused, type Result } from '../refusal.ts';
import type { WorkshopPlan } from './agenda.ts';
import type { Forum, ForumDetails } from './forum.ts';

/** What makes a forum a rehearsal: of which forum, and until when it lasts at most, in epoch milliseconds. */
export interface RehearsalMark {
  readonly of: ForumId;
  readonly endsAt: number;
}

/** How many times as fast as people the simulated ones are. */
export const SPEEDS = [1, 10, 30] as const;
export type Speed = (typeof SPEEDS)[number];

/** How a rehearsal is to be. `isByItself`: the clock goes on to the next step; else whoever rehearses does. */
export interface RehearsalWish {
  readonly people: number;
  readonly speed: Speed;
  readonly isByItself: boolean;
  /** In which it is called a rehearsal; the forum's own, if it is not said. */
  readonly language?: Language;
}

/** What became of one, once nothing of it is there any more. */
export interface RehearsalRun {
  readonly steps: number;
  /** Of how many. */
  readonly of: number;
  readonly ideas: number;
}

/** A day of one regional forum; where the organizer has not said how many there are to be. */
const USUAL_PEOPLE = 35;
const LONGEST_TITLE = 200; // characters, as in a form

const IN_ENGLISH = 'Rehearsal';
const WORD: Readonly<Record<Language, string>> = {
  ru: 'Репетиция',
  kk: 'Репетиция',
  ky: 'Репетиция',
  tg: 'Репетитсия',
  tk: 'Repetisiýa',
  uz: 'Repetitsiya',
  ur: 'ریہرسل',
};

/** What a copy is called, with the word of another language than that in which it began. */
export function calledIn(name: string, language: Language): string {
  const word = [IN_ENGLISH, ...Object.values(WORD)].find((one) => name.startsWith(`${one}: `));
  return word === undefined ? name : `${WORD[language] ?? IN_ENGLISH}${name.slice(word.length)}`;
}

/** The address of a rehearsal names its forum: what is opened of one that is gone knows where to lead. `mark`: six of a–z and 0–9. */
export const rehearsalSlug = (of: string, mark: string): string => `rehearsal-${of}-${mark}`;

/** The address of the forum that was rehearsed; null for one that is no rehearsal's. */
export const rehearsedSlug = (slug: string): string | null => /^rehearsal-(.+)-[a-z0-9]{6}$/.exec(slug)?.[1] ?? null;

/** How many are to come to the forum. */
export const expectedPeople = ({ seats }: Pick<Forum, 'seats'>): number =>
  Math.min(seats ?? USUAL_PEOPLE, LIMITS.peopleOfRehearsal.most);

/** As typed. Refusals: `fieldInvalid`. */
export function readWish(typed: {
  readonly people: string;
  readonly speed: string;
  readonly isByItself: boolean;
}): Result<RehearsalWish> {
  const { most } = LIMITS.peopleOfRehearsal;
  const people = /^\d{1,4}$/.test(typed.people.trim()) ? Number(typed.people) : 0;
  if (people < 1 || people > most) {
    return refused({ kind: 'fieldInvalid', field: 'people', reason: `must be from 1 to ${most}` });
  }
  const speed = SPEEDS.find((one) => String(one) === typed.speed);
  if (speed === undefined) {
    return refused({ kind: 'fieldInvalid', field: 'speed', reason: `must be ${SPEEDS.join(', ')}` });
  }
  return accepted({ people, speed, isByItself: typed.isByItself });
}

/**
 * The copy of a forum in which one of its workshops is rehearsed: title, language, days and rules, and that workshop with its rooms under
 * ids of their own. Nobody's name goes along, nothing that was written and no link; its title, and the question on every screen, say what it is.
 */
export function rehearsalOf(
  forum: ForumDetails,
  workshop: WorkshopPlan,
  newId: () => string,
  inWords: Language = forum.language,
): { readonly details: ForumDetails; readonly workshop: WorkshopPlan } {
  const { title, startsAt, endsAt, question, rooms } = workshop;
  const word = WORD[inWords] ?? IN_ENGLISH;
  const copy: WorkshopPlan = {
    kind: 'workshop',
    id: newId() as WorkshopId,
    title,
    ...(startsAt && { startsAt }),
    ...(endsAt && { endsAt }),
    question: `${word}: ${question ?? title}`,
    speakers: [],
    links: [],
    keyPoints: [],
    rooms: rooms.map(({ name }) => ({ id: newId() as RoomId, name })),
  };
  const { language, from, to, place, countries, languages, decisionRule, joinForm } = forum;
  const details: ForumDetails = {
    title: clipped(`${word}: ${forum.title}`),
    ...{ language, from, to, place, countries, languages, decisionRule, joinForm },
    organisers: [],
    agenda: [copy],
    outcome: {},
  };
  return { details, workshop: copy };
}

function clipped(title: string): string {
  const signs = [...title];
  return signs.length > LONGEST_TITLE ? `${signs.slice(0, LONGEST_TITLE - 1).join('')}…` : title;
}
