import { parseDocument } from 'htmlparser2';
import { textContent } from 'domutils';
import { describe, expect, test } from 'vitest';
import { textOfBlocks } from '#domain/languages/text.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { importOutcome } from '#server/outcome/import/import-outcome.ts';
import { boardsOf } from '../import/imported.ts';
import { item, paragraph, sources } from '../../../tests/integration/outcome-sample.ts';
import { entryOfZip } from '../../../tests/integration/outcome-zip.ts';
import { familyCoverages } from '../fonts/families.ts';
import { pdfData } from './pdf-data.ts';
import { OUTCOME_FORMATS, renderOutcome } from './render.ts';

const inside = [
  item('item0020', 'en', paragraph('en', 'Shelves in every tea house.')),
  item('item0021', 'ru', paragraph('ru', 'Полки в каждой чайхане.'), {
    kind: 'list',
    lang: 'ru',
    items: [[{ text: 'и на вокзалах' }]],
  }),
];
const [first, ...rooms] = sources.boards;
if (!first) throw new Error('the sample has a room');
const boards = [
  {
    ...first,
    board: {
      ...first.board,
      themes: first.board.themes.map((theme, index) =>
        index > 0
          ? theme
          : { ...theme, items: theme.items.map((entry, at) => (at > 0 ? entry : { ...entry, merged: inside })) },
      ),
    },
  },
  ...rooms,
];
const document = assembleOutcome({ ...sources, boards });

const withoutIds = (model: OutcomeDocument): unknown =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'id' ? undefined : value)));

describe('[O63] merged items', () => {
  test.each(OUTCOME_FORMATS)('stand behind their clause and before the next: %s', async (format) => {
    const { bytes } = await renderOutcome(document, format);
    // Of a PDF what the typesetter is given: its own text is packed.
    const file = format === 'pdf' ? pdfData(document, await familyCoverages()) : new TextDecoder().decode(bytes);
    const whole =
      format === 'docx'
        ? textContent(parseDocument(entryOfZip(bytes, 'word/document.xml'), { xmlMode: true }).children)
        : file;
    const at = (words: string) => whole.indexOf(words);
    const clause = at('one catalogue');
    expect(clause).toBeGreaterThan(0);
    for (const words of ['Shelves in every tea house', 'Полки в каждой чайхане', 'и на вокзалах']) {
      expect(at(words)).toBeGreaterThan(clause);
      expect(at(words)).toBeLessThan(at('Передвижная библиотека'));
    }
    if (format !== 'json' && format !== 'csv') expect(at('Merged into this')).toBeGreaterThan(clause);
  });

  test.each([
    ['html', /pupils<br>Country/],
    ['wordpress', /pupils<br>Country/],
    ['md', /pupils {2}\n\s*Country/],
    ['docx', /pupils.{0,300}<w:br\/>.{0,200}>Country</],
    ['pdf', /"pupils"},{"text":"\\n"},{"text":"Country"/],
  ] as const)('[B12] lines of one list entry stay lines: %s', async (format, lines) => {
    const runs = [{ text: 'pupils' }, { text: '\n' }, { text: 'Country' }];
    const clause = item('item0030', 'en', { kind: 'list', lang: 'en', items: [runs] });
    const board = { ...first.board, themes: [], loose: [clause] };
    const outcome = assembleOutcome({ ...sources, boards: [{ ...first, board }] });
    const { bytes } = await renderOutcome(outcome, format);
    const text = new TextDecoder().decode(bytes);
    const file = {
      pdf: async () => pdfData(outcome, await familyCoverages()),
      docx: () => entryOfZip(bytes, 'word/document.xml'),
    };
    expect(format in file ? await file[format as keyof typeof file]() : text).toMatch(lines);
  });

  test('come back from WordPress as they went', async () => {
    const { bytes } = await renderOutcome(document, 'wordpress');
    const imported = importOutcome(new TextDecoder().decode(bytes));
    if (!imported.ok) throw new Error(imported.refusal.kind);
    let id = 0;
    const { details, draft } = imported.value;
    const plan = details.agenda.flatMap((entry) => (entry.kind === 'workshop' ? entry.rooms : []));
    const again = assembleOutcome({
      forum: { ...sources.forum, ...details },
      boards: boardsOf(imported.value, plan, () => `id${(id += 1)}`),
      draft,
      people: [],
    });
    expect(withoutIds(again)).toEqual(withoutIds(document));
    expect(again.themes[0]?.recommendations[0]?.merged.map(({ blocks }) => textOfBlocks(blocks))).toEqual([
      'Shelves in every tea house.',
      'Полки в каждой чайхане.\nи на вокзалах',
    ]);
  });
});
