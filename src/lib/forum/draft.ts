import { LIMITS } from '#domain/limits.ts';
import { DEFAULT_JOIN_FORM, DEFAULT_RULE, seatsOf, type AskFor, type ForumDetails } from '#domain/forum/forum.ts';
import type { AgendaItem, AgendaKind, AgendaLink, NamedPerson } from '#domain/forum/agenda.ts';
import { countryName } from './country-names.ts';

/**
 * A forum as it stands in the form: every value is what was typed, so that nothing is lost when a save is refused. The
 * names of the form's fields are the paths of the forum's JSON (`agenda[2].links[0].url`), and so are those of refusals.
 */
export interface ForumDraft {
  title: string;
  language: string;
  from: string;
  to: string;
  place: string;
  organisers: LinkDraft[];
  hostEvent: LinkDraft;
  countries: string[];
  languages: string[];
  decisionRule: { consent: string; objection: string; quorum: string };
  /** How many may sit down by themselves. */
  seats: string;
  joinForm: { country: AskFor; organisation: AskFor; namesInOutcome: boolean };
  agenda: AgendaDraft[];
}

export interface LinkDraft {
  name: string;
  url: string;
}

/** `country` is what was typed: a name in the page's language, or a code. */
export interface PersonDraft {
  name: string;
  role: string;
  country: string;
}

export interface RoomDraft {
  /** Empty for a room that was added just now. */
  id: string;
  name: string;
}

export interface AgendaDraft {
  /** Empty for an item that was added just now. */
  id: string;
  kind: AgendaKind;
  title: string;
  startsAt: string;
  endsAt: string;
  moderator: PersonDraft;
  speakers: PersonDraft[];
  links: { kind: AgendaLink['kind']; url: string }[];
  summary: string;
  /** One a line. */
  keyPoints: string;
  question: string;
  rooms: RoomDraft[];
  /** Of the library, for a workshop of a forum that is made; absent: the first one. */
  script?: string;
}

export const blankPerson = (): PersonDraft => ({ name: '', role: '', country: '' });
export const blankLink = (): LinkDraft => ({ name: '', url: '' });

export function blankAgendaItem(kind: AgendaKind): AgendaDraft {
  return {
    id: '',
    kind,
    title: '',
    startsAt: '',
    endsAt: '',
    moderator: blankPerson(),
    speakers: [],
    links: [],
    summary: '',
    keyPoints: '',
    question: '',
    rooms: [],
  };
}

export function blankDraft(locale: string): ForumDraft {
  return {
    title: '',
    language: locale,
    from: '',
    to: '',
    place: '',
    organisers: [blankLink()],
    hostEvent: blankLink(),
    countries: [],
    languages: [locale],
    decisionRule: numbersTyped(DEFAULT_RULE),
    seats: String(LIMITS.seatsOfForum.most),
    joinForm: { ...DEFAULT_JOIN_FORM },
    agenda: [],
  };
}

/** What the form shows of a stored forum, with the names of countries in the reader's language. */
export function draftOf(forum: ForumDetails, locale: string): ForumDraft {
  const person = (known: NamedPerson | undefined): PersonDraft => ({
    name: known?.name ?? '',
    role: known?.role ?? '',
    country: known?.country ? countryName(known.country, locale) : '',
  });
  const item = (known: AgendaItem): AgendaDraft => ({
    id: known.id,
    kind: known.kind,
    title: known.title,
    startsAt: known.startsAt ?? '',
    endsAt: known.endsAt ?? '',
    moderator: person(known.moderator),
    speakers: known.speakers.map(person),
    links: known.links.map(({ kind, url }) => ({ kind, url })),
    summary: known.summary ?? '',
    keyPoints: known.keyPoints.join('\n'),
    question: known.kind === 'workshop' ? (known.question ?? '') : '',
    rooms: known.kind === 'workshop' ? known.rooms.map(({ id, name }) => ({ id, name })) : [],
  });
  return {
    title: forum.title,
    language: forum.language,
    from: forum.from,
    to: forum.to,
    place: forum.place,
    organisers: forum.organisers.map(linkTyped),
    hostEvent: linkTyped(forum.hostEvent),
    countries: [...forum.countries],
    languages: [...forum.languages],
    decisionRule: numbersTyped(forum.decisionRule),
    seats: String(seatsOf(forum)),
    joinForm: { ...forum.joinForm },
    agenda: forum.agenda.map(item),
  };
}

const linkTyped = (link: { name: string; url?: string } | undefined): LinkDraft => ({
  name: link?.name ?? '',
  url: link?.url ?? '',
});

const numbersTyped = (rule: ForumDetails['decisionRule']): ForumDraft['decisionRule'] => ({
  consent: String(rule.consent),
  objection: String(rule.objection),
  quorum: String(rule.quorum),
});
