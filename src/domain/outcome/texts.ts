import type { AgendaItem, NamedPerson } from '../forum/agenda.ts';
import { isCountry } from '../forum/countries.ts';
import type { NamedLink } from '../forum/forum.ts';
import type { Block, Run } from '../languages/text.ts';
import type { MergedItem, OutcomeDocument, OutcomeRecommendation } from './document.ts';

/** Where in the document a text stands: a clause's number, a theme's, or the name of a part. */
export type Place = string;
type Change = (text: string, place: Place) => string;

/** The document with every text that people wrote put through `change`, in reading order; ids, codes and addresses stay. */
export function mapTexts(document: OutcomeDocument, change: Change): OutcomeDocument {
  const at = (place: Place) => (text: string) => change(text, place);
  const link = (entry: NamedLink, place: Place): NamedLink => ({ ...entry, name: change(entry.name, place) });
  return {
    ...document,
    title: change(document.title, 'title'),
    headline: document.headline === null ? null : change(document.headline, 'headline'),
    place: change(document.place, 'place'),
    organisers: document.organisers.map((entry) => link(entry, 'organisers')),
    hostEvent: document.hostEvent && link(document.hostEvent, 'hostEvent'),
    preamble: document.preamble.map((block) => mapBlock(block, at('preamble'))),
    agendaHeading: document.agendaHeading === null ? null : change(document.agendaHeading, 'agenda'),
    agenda: document.agenda.map((item) => mapAgendaItem(item, at('agenda'))),
    recommendationsHeading:
      document.recommendationsHeading === null ? null : change(document.recommendationsHeading, 'recommendations'),
    themes: document.themes.map((theme) => ({
      ...theme,
      title: { ...theme.title, text: change(theme.title.text, String(theme.number)) },
      recommendations: theme.recommendations.map((entry) => mapRecommendation(entry, at(entry.number))),
    })),
    closing: document.closing.map((block) => mapBlock(block, at('closing'))),
    participants: {
      ...document.participants,
      delegations: document.participants.delegations.map((delegation) => ({
        ...delegation,
        country: delegation.country && mapCountry(delegation.country, at('participants')),
        people: delegation.people.map(({ name, organisation }) => ({
          name: change(name, 'participants'),
          organisation: organisation === null ? null : change(organisation, 'participants'),
        })),
      })),
    },
    parkingLot: document.parkingLot.map((entry) => mapRecommendation(entry, at('parkingLot'))),
    notes: document.notes.map((block) => mapBlock(block, at('notes'))),
  };
}

/** A code stays; the words that somebody wrote instead of a country are a text. */
const mapCountry = (country: string, change: (text: string) => string): string =>
  isCountry(country) ? country : change(country);

const mapBlock = (block: Block, change: (text: string) => string): Block =>
  block.kind === 'paragraph'
    ? { ...block, runs: mapRuns(block.runs, change) }
    : { ...block, items: block.items.map((runs) => mapRuns(runs, change)) };

const mapRuns = (runs: readonly Run[], change: (text: string) => string): Run[] =>
  runs.map((run) => ({ ...run, text: change(run.text) }));

function mapRecommendation(entry: OutcomeRecommendation, change: (text: string) => string): OutcomeRecommendation {
  const words = <T extends MergedItem>(item: T): T => ({
    ...item,
    blocks: item.blocks.map((block) => mapBlock(block, change)),
  });
  return {
    ...words(entry),
    room: entry.room === null ? null : change(entry.room),
    merged: entry.merged.map(words),
  };
}

function mapAgendaItem(item: AgendaItem, change: (text: string) => string): AgendaItem {
  const person = ({ name, role, country, ...rest }: NamedPerson): NamedPerson => ({
    ...rest,
    name: change(name),
    ...(country !== undefined && { country: mapCountry(country, change) }),
    ...(role !== undefined && { role: change(role) }),
  });
  const entry = {
    title: change(item.title),
    ...(item.startsAt !== undefined && { startsAt: change(item.startsAt) }),
    ...(item.endsAt !== undefined && { endsAt: change(item.endsAt) }),
    ...(item.moderator && { moderator: person(item.moderator) }),
    speakers: item.speakers.map(person),
    ...(item.summary !== undefined && { summary: change(item.summary) }),
    keyPoints: item.keyPoints.map(change),
  };
  if (item.kind !== 'workshop') return { ...item, ...entry };
  return {
    ...item,
    ...entry,
    ...(item.question !== undefined && { question: change(item.question) }),
    rooms: item.rooms.map((room) => ({ ...room, name: change(room.name) })),
  };
}
