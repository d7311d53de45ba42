import type { OutcomeFrame } from '#domain/forum/forum.ts';
import { countryOf } from '#domain/languages/country-of.ts';
import { LIMITS } from '#domain/limits.ts';
import type { AgendaDraft, ForumDraft, LinkDraft, PersonDraft } from './draft.ts';

/** The forum's JSON for what was typed. It is not checked here: `parseForumJson` refuses what is wrong and says where. */
export function detailsTyped(draft: ForumDraft, outcome: OutcomeFrame): unknown {
  return {
    title: draft.title,
    language: draft.language,
    from: draft.from,
    to: draft.to || draft.from,
    place: draft.place,
    organisers: draft.organisers.map(linkDetails),
    ...(draft.hostEvent.name || draft.hostEvent.url ? { hostEvent: linkDetails(draft.hostEvent) } : {}),
    countries: draft.countries.map(countryTyped),
    languages: draft.languages,
    decisionRule: {
      consent: numberTyped(draft.decisionRule.consent),
      objection: numberTyped(draft.decisionRule.objection),
      quorum: numberTyped(draft.decisionRule.quorum),
    },
    ...seatsTyped(draft.seats),
    joinForm: { ...draft.joinForm },
    agenda: draft.agenda.map(agendaDetails),
    outcome,
  };
}

function agendaDetails(item: AgendaDraft): unknown {
  const { moderator } = item;
  return {
    ...filled({ id: item.id }),
    kind: item.kind,
    title: item.title,
    ...filled({ startsAt: item.startsAt, endsAt: item.endsAt, summary: item.summary }),
    ...(moderator.name || moderator.role || moderator.country ? { moderator: personDetails(moderator) } : {}),
    speakers: item.speakers.map(personDetails),
    links: item.links.map(({ kind, url }) => ({ kind, url })),
    keyPoints: item.keyPoints
      .split('\n')
      .map((line) => line.replace(LIST_MARK, '').trim())
      .filter((line) => line !== ''),
    ...(item.kind === 'workshop'
      ? {
          ...filled({ question: item.question }),
          rooms: item.rooms.map(({ id, name }) => ({ ...filled({ id }), name })),
        }
      : {}),
  };
}

const linkDetails = ({ name, url }: LinkDraft) => ({ name, ...filled({ url }) });

const personDetails = ({ name, role, country }: PersonDraft) => ({
  name,
  ...filled({ role, country: countryTyped(country) }),
});

/** The usual number is not written down: it may change. */
const seatsTyped = (typed: string): { seats?: number | string } =>
  typed === '' || typed === String(LIMITS.seatsOfForum.most) ? {} : { seats: numberTyped(typed) };

/** A value that is not a number stays text, so that the refusal names its field. */
const numberTyped = (typed: string): number | string => (/^\d+$/.test(typed) ? Number(typed) : typed);

const filled = (values: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));

/** Whoever types a list types its marks too; a point's own is the document's. */
const LIST_MARK = /^\s*[-–—•·*]\s+(?!·\s)(?=\S)/; // `– · ` is a table's empty cell

/** A name that is no country's stays what it is: where there must be one, the refusal names its field. */
const countryTyped = (typed: string): string => countryOf(typed) ?? typed;
