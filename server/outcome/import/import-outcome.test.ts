import { describe, expect, test } from 'vitest';
import { textOfBlocks } from '#domain/languages/text.ts';
import { importOutcome } from './import-outcome.ts';
import type { ImportedOutcome } from './imported.ts';

const post = (html: string, more: object = {}): string =>
  JSON.stringify({
    date: '2026-06-01T10:00:00',
    link: 'https://news.example/en/1',
    title: { rendered: 'Valleys &#8211; together' },
    content: { rendered: html },
    ...more,
  });

function imported(html: string, more: object = {}): ImportedOutcome {
  const outcome = importOutcome(post(html, more));
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

const themesOf = ({ themes }: ImportedOutcome) =>
  themes.map(({ title, items }) => [title.text, ...items.map(({ blocks }) => textOfBlocks(blocks))]);

const WELLS = ['Wells', 'Dig ten wells;', 'Clean the old ones.'];
const ROADS = ['Roads', 'Pave the pass.'];

describe('themes and recommendations of a typed post', () => {
  test.each([
    [
      'dashes and line breaks below a bold numbered title',
      '<p><strong>1. Wells</strong><strong><br></strong>– Dig ten wells;<br>– Clean the old ones.</p><p><strong>2. Roads</strong><br>— Pave the pass.</p>',
    ],
    [
      'hyphens, bullets and no-break spaces',
      '<p><b>1. Wells</b><br>-&nbsp;Dig ten wells;<br>•&nbsp;Clean the old ones.</p>\n<p><b>2.&nbsp;Roads</b><br>&#8211;&nbsp;Pave the pass.</p>',
    ],
    [
      'real lists below headings',
      '<h3>1. Wells</h3><ul><li>Dig ten wells;</li><li>Clean the old ones.</li></ul><h3>2. Roads</h3><ol><li>Pave the pass.</li></ol>',
    ],
    [
      'real lists below bold paragraphs, in boxes of a page builder',
      '<div><div><p><strong>Wells</strong></p><ul><li><p>Dig ten wells;</p></li><li>Clean the old ones.</li></ul></div><p><strong>Roads</strong></p><ul><li>Pave the pass.</li></ul></div>',
    ],
    [
      'lists within lists',
      '<ol><li><strong>Wells</strong><ul><li>Dig ten wells;</li><li>Clean the old ones.</li></ul></li><li>Roads<ul><li>Pave the pass.</li></ul></li></ol>',
    ],
    [
      'numbered paragraphs',
      '<h3>1. Wells</h3><p>1.1. Dig ten wells;</p><p>1.2. Clean the old ones.</p><h3>2. Roads</h3><p>2.1 Pave the pass.</p>',
    ],
    [
      'letters and Roman numbers',
      '<h3>Wells</h3><p>ә) Dig ten wells;<br>б) Clean the old ones.</p><h3>Roads</h3><p>i. Pave the pass.</p>',
    ],
    [
      'Urdu numbers, and numbers behind a sign',
      '<h3>Wells</h3><p>۱۔ Dig ten wells;</p><p>۲۔ Clean the old ones.</p><h3>Roads</h3><p>№ 1 Pave the pass.</p>',
    ],
    [
      'boxes, arrows and other signs',
      '<h3>Wells</h3><p>☐ Dig ten wells;<br>☑ Clean the old ones.</p><h3>Roads</h3><p>→ Pave the pass.</p>',
    ],
    [
      'what opens at a press',
      '<details><summary>Wells</summary><ul><li>Dig ten wells;</li><li>Clean the old ones.</li></ul></details><details open><summary>Roads</summary><p>+ Pave the pass.</p></details>',
    ],
  ])('[I1] %s', (_, html) => {
    expect(themesOf(imported(`<h2>Recommendations of the forum</h2>${html}`))).toEqual([WELLS, ROADS]);
  });

  test('[I1] without a heading above them, the first titled list begins the recommendations', () => {
    const outcome = imported(
      '<p>Intro.</p><p><strong>1. Wells</strong><br>– Dig ten wells;<br>– Clean the old ones.</p><p>Thanks to all.</p>',
    );
    expect(themesOf(outcome)).toEqual([WELLS]);
    expect(textOfBlocks(outcome.draft.closing)).toBe('Thanks to all.');
    expect(outcome.details.outcome.recommendationsHeading).toBeUndefined();
  });

  test('[I1] clauses without a title of their own are one theme that is called as the section', () => {
    expect(themesOf(imported('<h2>Recommendations</h2><ul><li>Dig.</li></ul>'))).toEqual([['Recommendations', 'Dig.']]);
  });

  test('[I1] a line without a dash goes on with the recommendation above it', () => {
    const { themes } = imported('<h2>Recommendations</h2><p><strong>1. Wells</strong><br>– Dig:<br>ten of them</p>');
    expect(themes[0]?.items[0]?.blocks).toHaveLength(2);
  });

  test('[I2] marks and links within a recommendation are kept', () => {
    const { themes } = imported(
      '<h2>Recommendations</h2><p><b>1. A</b><br>– Dig <strong>ten</strong> <a href="https://w.example">wells</a></p>',
    );
    expect(themes[0]?.items[0]?.blocks).toEqual([
      {
        kind: 'paragraph',
        lang: 'en',
        runs: [
          { text: 'Dig ' },
          { text: 'ten', strong: true },
          { text: ' ' },
          { text: 'wells', href: 'https://w.example' },
        ],
      },
    ]);
  });
});

const RECOMMENDATIONS = '<h2>Recommendations</h2><p><b>1. Wells</b><br>– Dig.</p>';

describe('what a typed post says about the forum', () => {
  test('[I4] English sentences', () => {
    const { details, draft } = imported(
      '<p>The forum <b>“Water for the valleys”</b> was held in New Osh on 28 October – 1 November 2026. It was organised by Water Union and School of Rivers. ' +
        'It took place as part of the Week of Water.</p>' +
        '<p>It gathered 120 participants from Kyrgyzstan, Tajikistan and Türkiye.</p>' +
        '<p><strong>Programme</strong></p>' +
        '<p><a href="https://vimeo.com/1">Panel on rivers</a>, moderated by Anna-Maria Lee (Tajikistan), was long.</p>' +
        '<p>It ended late.</p>' +
        RECOMMENDATIONS,
    );
    expect(details).toMatchObject({
      title: 'Water for the valleys',
      from: '2026-10-28',
      to: '2026-11-01',
      place: 'New Osh',
      organisers: [{ name: 'Water Union' }, { name: 'School of Rivers' }],
      hostEvent: { name: 'Week of Water' },
      countries: ['KG', 'TJ', 'TR'],
      outcome: {
        headline: 'Valleys – together',
        agendaHeading: 'Programme',
        declaredParticipants: 120,
        source: { url: 'https://news.example/en/1', publishedAt: '2026-06-01T10:00:00' },
      },
    });
    expect(details.agenda[0]).toMatchObject({
      kind: 'panel',
      title: 'Panel on rivers',
      moderator: { name: 'Anna-Maria Lee', country: 'TJ' },
      links: [{ kind: 'video', url: 'https://vimeo.com/1' }],
      summary: 'Panel on rivers, moderated by Anna-Maria Lee (Tajikistan), was long.\nIt ended late.',
    });
    expect(draft.preamble).toHaveLength(2);
  });

  test('[I4] Russian sentences', () => {
    const { details, themes } = imported(
      '<p>14–15 мая 2026 года в Бишкеке прошёл форум «Вода для долин», организованный <a href="https://w.example">Союзом воды</a>. ' +
        'Он собрал 42 участника из Казахстана, Кыргызстана и Узбекистана.</p>' +
        '<h2>Программа</h2><p>Первая сессия, модератором выступила Анна Ли (Узбекистан), была долгой.</p>' +
        '<h2>Рекомендации форума</h2><p><strong>1. Колодцы</strong><br>– Вырыть десять;</p>',
      { link: 'https://news.example/1' },
    );
    expect(details).toMatchObject({
      language: 'ru',
      title: 'Вода для долин',
      from: '2026-05-14',
      to: '2026-05-15',
      place: 'Бишкеке',
      organisers: [{ name: 'Союзом воды', url: 'https://w.example' }],
      countries: ['KZ', 'KG', 'UZ'],
      outcome: { agendaHeading: 'Программа', declaredParticipants: 42 },
    });
    expect(details.agenda[0]).toMatchObject({ kind: 'panel', moderator: { name: 'Анна Ли', country: 'UZ' } });
    expect(themes[0]).toMatchObject({ title: { text: 'Колодцы', lang: 'ru' } });
  });

  test('[I4] what a post does not say stays empty, and its day is that of the post', () => {
    expect(imported(RECOMMENDATIONS).details).toMatchObject({
      title: 'Valleys – together',
      from: '2026-06-01',
      place: '',
      organisers: [],
      countries: [],
      agenda: [{ kind: 'workshop', title: 'Recommendations' }],
    });
  });

  test('[I3] text that has no part is kept in the notes and listed', () => {
    const { unplaced, draft } = imported(
      `<h2>Recommendations</h2><p>Adopted by all.</p><p><b>1. Wells</b><br>– Dig.</p><p>An aside.</p><p><b>2. Roads</b><br>– Pave.</p><p>The end.</p>`,
    );
    expect(unplaced).toEqual(['Adopted by all.', 'An aside.']);
    expect(textOfBlocks(draft.notes)).toBe('Adopted by all.\nAn aside.');
    expect(textOfBlocks(draft.closing)).toBe('The end.');
  });

  test('[I6] links that are not http, https or mailto are dropped, their words are kept', () => {
    const { draft } = imported(`<p>See <a href="javascript:alert(1)">this</a>.</p>${RECOMMENDATIONS}`);
    expect(draft.preamble).toEqual([{ kind: 'paragraph', lang: 'en', runs: [{ text: 'See this.' }] }]);
  });

  test('[I6] scripts and styles are not text', () => {
    expect(
      JSON.stringify(imported(`<p>A<script>alert(1)</script></p><style>p{}</style>${RECOMMENDATIONS}`)),
    ).not.toMatch(/alert|p\{\}/);
  });
});

describe('what is not an outcome', () => {
  test.each([
    ['no JSON', 'hello', { kind: 'fieldInvalid', field: '(file)' }],
    ['JSON of something else', '[1, 2]', { kind: 'fieldInvalid', field: '(file)' }],
    ['a post without text', '{"title":{"rendered":"x"}}', { kind: 'fieldInvalid', field: 'content.rendered' }],
    [
      'a post without a title',
      '{"content":{"rendered":"<p>x</p>"}}',
      { kind: 'fieldInvalid', field: 'title.rendered' },
    ],
    [
      'a post with an empty title',
      post('<p>x</p>', { title: { rendered: ' ' } }),
      { kind: 'fieldInvalid', field: 'title.rendered' },
    ],
    ['a language that is none', post('<p>x</p>', { lang: 7 }), { kind: 'fieldInvalid', field: 'lang' }],
    [
      'a post without recommendations',
      post('<p>All went well.</p><ul><li>tea</li></ul>'),
      { kind: 'recommendationsMissing' },
    ],
    ['a heading with nothing below', post('<h2>Recommendations</h2><p>None.</p>'), { kind: 'recommendationsMissing' }],
    ['an empty post', post(''), { kind: 'recommendationsMissing' }],
  ])('[I5] %s is refused by name', (_, text, refusal) => {
    expect(importOutcome(text)).toMatchObject({ ok: false, refusal });
  });

  test('[I5] deep nesting and a megabyte of dashes are read, not crashed on', () => {
    const deep = '<div>'.repeat(400) + RECOMMENDATIONS + '</div>'.repeat(400);
    expect(importOutcome(post(deep)).ok).toBe(true);
    for (const boxes of ['<div>', '<b>', '<ul><li>'].map((box) => box.repeat(30_000))) {
      for (const text of [post(boxes + RECOMMENDATIONS), boxes + RECOMMENDATIONS, post('', { title: boxes })])
        expect(importOutcome(text)).toMatchObject({ ok: false, refusal: { kind: 'fieldInvalid' } });
    }
    expect(importOutcome(post(`${RECOMMENDATIONS}<p>${'– x<br>'.repeat(20_000)}</p>`)).ok).toBe(true);
  });
});
