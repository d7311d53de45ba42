import { LIMITS } from '#domain/limits.ts';
import type { AskFor } from '#domain/forum/forum.ts';
import type { AgendaKind, AgendaLink } from '#domain/forum/agenda.ts';
import type { FormIndex } from './form-index.ts';
import type { AgendaDraft, ForumDraft, LinkDraft, PersonDraft } from './draft.ts';

/**
 * Reads a submitted form by the names of its fields. Rows that were left empty are dropped, so that paths count only real ones; rows
 * beyond the limit are not read.
 */
export function draftFromForm(form: FormIndex): ForumDraft {
  const text = (name: string): string => form.text(name).replaceAll('\r\n', '\n').trim();
  const link = (path: string): LinkDraft => ({ name: text(`${path}.name`), url: text(`${path}.url`) });
  const person = (path: string): PersonDraft => ({
    name: text(`${path}.name`),
    role: text(`${path}.role`),
    country: text(`${path}.country`),
  });
  const rows = <T>(path: string, read: (path: string) => T, isBlank: (row: T) => boolean): T[] =>
    form
      .rows(path)
      .slice(0, LIMITS.formRows.most)
      .map((index) => read(`${path}[${index}]`))
      .filter((row) => !isBlank(row));
  const item = (path: string): AgendaDraft => ({
    id: text(`${path}.id`),
    kind: text(`${path}.kind`) as AgendaKind,
    title: text(`${path}.title`),
    startsAt: text(`${path}.startsAt`),
    endsAt: text(`${path}.endsAt`),
    moderator: person(`${path}.moderator`),
    speakers: rows(`${path}.speakers`, person, (row) => isEmpty([row.name, row.role, row.country])),
    links: rows(
      `${path}.links`,
      (at) => ({ kind: text(`${at}.kind`) as AgendaLink['kind'], url: text(`${at}.url`) }),
      (row) => row.url === '',
    ),
    summary: text(`${path}.summary`),
    keyPoints: text(`${path}.keyPoints`),
    question: text(`${path}.question`),
    rooms: rows(
      `${path}.rooms`,
      (at) => ({ id: text(`${at}.id`), name: text(`${at}.name`) }),
      (row) => isEmpty([row.id, row.name]),
    ),
    ...(text(`${path}.script`) && { script: text(`${path}.script`) }),
  });
  return {
    title: text('title'),
    language: text('language'),
    from: text('from'),
    to: text('to'),
    place: text('place'),
    organisers: rows('organisers', link, (row) => isEmpty([row.name, row.url])),
    hostEvent: link('hostEvent'),
    countries: unique(rows('countries', text, (code) => code === '')),
    languages: unique(form.all('languages').flatMap((value) => value.split(/[\s,;]+/))),
    decisionRule: {
      consent: text('decisionRule.consent'),
      objection: text('decisionRule.objection'),
      quorum: text('decisionRule.quorum'),
    },
    seats: text('seats'),
    joinForm: {
      country: text('joinForm.country') as AskFor,
      organisation: text('joinForm.organisation') as AskFor,
      namesInOutcome: form.has('joinForm.namesInOutcome'),
    },
    agenda: rows('agenda', item, () => false),
  };
}

const isEmpty = (values: string[]): boolean => values.every((value) => value === '');
const unique = (values: string[]): string[] => [...new Set(values)].filter((value) => value !== '');
