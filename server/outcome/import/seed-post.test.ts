import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'htmlparser2';
import { describe, expect, test } from 'vitest';
import { textOfBlocks, textOfRuns } from '#domain/languages/text.ts';
import { runsOf } from './runs.ts';
import { importOutcome } from './import-outcome.ts';

const path = fileURLToPath(new URL('../../../../shared/seed/mil-bridge-2025.wp.json', import.meta.url));

/** A real post that somebody typed; its text is not part of this repository. */
describe.skipIf(!existsSync(path))('the real post', () => {
  const file = existsSync(path) ? readFileSync(path, 'utf8') : '{}';
  const outcome = importOutcome(file);
  if (existsSync(path) && !outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  const imported = outcome.ok ? outcome.value : undefined;
  const post = existsSync(path)
    ? (JSON.parse(file) as { content: { rendered: string }; title: { rendered: string } })
    : undefined;
  const words = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  test('[I1] has 7 themes with 18 recommendations in the order of the post', () => {
    expect(imported?.themes.map(({ items }) => items.length)).toEqual([2, 3, 2, 2, 3, 3, 3]);
    const text = textOfRuns(runsOf(parseDocument(post?.content.rendered ?? '').children));
    let at = 0;
    for (const { title, items } of imported?.themes ?? []) {
      for (const said of [title.text, ...items.map(({ blocks }) => textOfBlocks(blocks))]) {
        expect(said).not.toMatch(/^[\s–—-]/);
        const found = text.indexOf(said, at);
        expect(found, said).toBeGreaterThanOrEqual(0);
        at = found + said.length;
      }
    }
  });

  test('[I4] has its facts', () => {
    expect(imported?.details).toMatchObject({
      from: '2025-10-30',
      to: '2025-10-30',
      language: 'en',
      countries: ['KZ', 'KG', 'PK', 'TJ', 'TM', 'UZ'],
    });
    expect(imported?.details.place).toBe('Almaty');
    expect(imported?.details.organisers.map(({ url }) => URL.parse(url ?? '')?.hostname)).toEqual([
      'www.unesco.org',
      'medianet.ngo',
    ]);
    expect(imported?.details.hostEvent?.name).toMatch(/Week$/);
    expect(imported?.details.outcome).toMatchObject({ declaredParticipants: 35, headline: post?.title.rendered });
    expect(imported?.details.outcome.source?.publishedAt).toMatch(/^2025-11-10/);
    expect(
      imported?.details.agenda.map(({ kind, moderator, speakers, links }) => [
        kind,
        moderator?.country,
        speakers.length,
        links.map((link) => link.kind),
      ]),
    ).toEqual([
      ['opening', undefined, 3, []],
      ['panel', 'KZ', 0, ['video']],
      ['panel', 'TJ', 0, ['video']],
      ['panel', 'UZ', 0, ['video']],
      ['workshop', 'KZ', 0, []],
    ]);
    expect(imported?.unplaced).toEqual([]);
  });

  test('[I2] every word of the post is in the outcome, in order within each part, and no word is invented', () => {
    if (!imported || !post) throw new Error('no post');
    const { details, themes, draft } = imported;
    const said = words(
      textOfRuns(runsOf(parseDocument(post.content.rendered.replace(/<br>|<\/(?:p|li)>/g, ' $&')).children)),
    );
    const opening = details.agenda
      .filter(({ kind }) => kind === 'opening')
      .flatMap(({ summary = '' }) => words(summary));
    const sessions = details.agenda
      .filter(({ kind }) => kind === 'panel')
      .flatMap(({ summary = '' }) => words(summary));
    const workshop = details.agenda
      .filter(({ kind }) => kind === 'workshop')
      .flatMap(({ summary = '' }) => words(summary));
    const kept = [
      ...words(textOfBlocks(draft.preamble)),
      ...opening,
      ...words(details.outcome.agendaHeading ?? ''),
      ...sessions,
      ...words(details.outcome.recommendationsHeading ?? ''),
      ...workshop,
      ...themes.flatMap(({ title, items }, index) => [
        ...words(`${index + 1}. ${title.text}`),
        ...items.flatMap(({ blocks }) => words(textOfBlocks(blocks))),
      ]),
      ...words(textOfBlocks(draft.closing)),
      ...words(textOfBlocks(draft.notes)),
    ];
    expect(kept).toEqual(said);
    const facts = [
      details.title,
      details.place,
      details.hostEvent?.name ?? '',
      ...details.organisers.map(({ name }) => name),
      ...details.agenda.flatMap(({ title, moderator, speakers }) => [
        title,
        moderator?.name ?? '',
        ...speakers.flatMap(({ name, role = '' }) => [name, role]),
      ]),
    ];
    const known = new Set(said);
    for (const word of facts.flatMap(words)) expect(known).toContain(word);
  });
});
