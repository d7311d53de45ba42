import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ForumId } from '#domain/ids.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { forum, sources } from '../../../tests/integration/outcome-sample.ts';
import { renderOutcome } from '../render/render.ts';
import type { WordPressPost } from '../render/wordpress.ts';
import { importOutcome } from './import-outcome.ts';
import { boardsOf } from './imported.ts';

const path = fileURLToPath(new URL('../../../../shared/seed/mil-bridge-2025.wp.json', import.meta.url));

/** The model of an imported text, without a database in between. */
function modelOf(text: string): OutcomeDocument {
  const outcome = importOutcome(text);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  const { details, draft, slug } = outcome.value;
  const rooms = details.agenda.flatMap((item) => (item.kind === 'workshop' ? item.rooms : []));
  let last = 0;
  const boards = boardsOf(
    outcome.value,
    rooms.length > 0 ? rooms : [{ id: 'room', name: 'Room' }],
    () => `id${(last += 1)}`,
  );
  const identity = { id: 'forum00002' as ForumId, slug, version: 1, joinCode: '', joinCodeExpiresAt: null };
  return assembleOutcome({ forum: { ...details, ...identity }, boards, draft, people: [] });
}

/** Ids are made anew by each import. */
const withoutIds = (model: OutcomeDocument): unknown =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'id' ? undefined : value)));

const exported = async (model: OutcomeDocument, format: 'wordpress' | 'html'): Promise<string> =>
  new TextDecoder().decode((await renderOutcome(model, format)).bytes);

const SAMPLES: [string, OutcomeDocument][] = [
  ['one of everything', assembleOutcome(sources)],
  [
    'headings, headline and source of a post',
    assembleOutcome({
      ...sources,
      boards: sources.boards.slice(0, 1),
      people: [],
      forum: {
        ...forum,
        language: 'ur',
        outcome: {
          headline: 'A “headline” & more',
          agendaHeading: 'Agenda',
          recommendationsHeading: 'What we ask',
          declaredParticipants: 12,
          source: { url: 'https://news.example/a?b=1&c=2', publishedAt: '2026-06-01T10:00:00' },
        },
      },
    }),
  ],
];

describe('a WordPress export that is imported again', () => {
  test.each(SAMPLES)('[O13] gives the same model up to ids: %s', async (_, model) => {
    expect(withoutIds(modelOf(await exported(model, 'wordpress')))).toEqual(withoutIds(model));
  });

  test.each(SAMPLES)('[O13] also as the site shows it, without the editor’s comments: %s', async (_, model) => {
    const post = JSON.parse(await exported(model, 'wordpress')) as WordPressPost;
    const shown = {
      ...post,
      title: { rendered: post.title.rendered },
      content: { rendered: post.content.rendered },
      link: 'https://site.example/1',
      date: '2026-07-01T00:00:00',
    };
    expect(withoutIds(modelOf(JSON.stringify(shown)))).toEqual(withoutIds(model));
  });

  test.each(SAMPLES)('[O13] HTML too: %s', async (_, model) => {
    expect(withoutIds(modelOf(await exported(model, 'html')))).toEqual(withoutIds(model));
  });

  test.skipIf(!existsSync(path))('[O13] the real post', async () => {
    const model = modelOf(readFileSync(path, 'utf8'));
    expect(model.themes.flatMap(({ recommendations }) => recommendations)).toHaveLength(18);
    expect(withoutIds(modelOf(await exported(model, 'wordpress')))).toEqual(withoutIds(model));
    expect(withoutIds(modelOf(await exported(model, 'html')))).toEqual(withoutIds(model));
  });
});
