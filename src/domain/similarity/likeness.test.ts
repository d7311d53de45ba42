import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Glossary } from './glossary.ts';
import { wordsOf } from './latin.ts';
import { LikenessTable, type Card, type Hint } from './likeness.ts';

interface Labelled extends Card {
  readonly group: string;
  readonly lang: string;
}

const GLOSSARY = join(import.meta.dirname, '../../../server/likeness/glossary.txt');
const SHARED = join(import.meta.dirname, '../../../../shared/data/duplicate-cards.json');
/** Written after the glossary, and never looked at for it. */
const OWN = join(import.meta.dirname, 'own-cards.json');

const glossary = new Glossary(readFileSync(GLOSSARY, 'utf8'));

function cardsOf(file: string): Labelled[] {
  const { cards } = JSON.parse(readFileSync(file, 'utf8')) as { cards: Omit<Labelled, 'id'>[] };
  return cards.map((card, index) => ({ ...card, id: String(index) }));
}

/** How many of the hints are right, and how many of the cards that have a twin get a right one. */
function judged(cards: readonly Labelled[], words = glossary) {
  const table = new LikenessTable(words);
  table.replace(cards);
  const at = (id: string) => cards[Number(id)]!;
  const isRight = ({ one, other }: Hint) => at(one).group === at(other).group;
  const hints = table.hints();
  const found = new Set(hints.filter(isRight).flatMap(({ one, other }) => [one, other]));
  const twins = cards.filter((card) => cards.some((other) => other !== card && other.group === card.group));
  const abroad = twins.filter(({ id, group }) =>
    table
      .nearest(id, 3, (one, other) => at(one).lang !== at(other).lang)
      .some(({ other }) => at(other).group === group),
  );
  return {
    right: hints.filter(isRight).length / hints.length,
    found: twins.filter(({ id }) => found.has(id)).length / twins.length,
    abroad: abroad.length / twins.length,
  };
}

describe('[W200] two ideas that say the same', () => {
  const sets = [
    ['the set that the glossary was written from', SHARED],
    ['a set that was written after it', OWN],
  ] as const;

  test.each(sets)('are found in eight languages: %s', (_, file) => {
    if (!existsSync(file)) return expect(file).toBe(SHARED);
    const { right, found } = judged(cardsOf(file));
    expect(right).toBeGreaterThanOrEqual(0.9);
    expect(found).toBeGreaterThanOrEqual(0.7);
  });

  test('stand among the first three of other languages, even with a glossary that knows nothing', () => {
    if (!existsSync(SHARED)) return;
    expect(judged(cardsOf(SHARED), new Glossary('')).abroad).toBeGreaterThanOrEqual(0.8);
  });

  test('are ranked: of three, those that are closest', () => {
    const table = new LikenessTable(glossary);
    table.replace([
      { id: 'a', text: 'Train teachers to check facts' },
      { id: 'b', text: 'Обучить учителей проверке фактов' },
      { id: 'c', text: 'Plant trees along the river' },
    ]);
    expect(table.hints().map(({ one, other }) => one + other)).toEqual(['ab']);
    expect(table.nearest('b', 1)[0]).toMatchObject({ one: 'b', other: 'a' });
  });

  test('[W201] come with the words of both that mean the same, the rarest first', () => {
    const table = new LikenessTable(glossary);
    table.replace([
      { id: 'a', text: 'Media literacy in the school curriculum' },
      { id: 'b', text: 'Медиасауаттылықты мектеп бағдарламасына енгізу' },
      { id: 'c', text: 'A school bus' },
    ]);
    const [hint] = table.hints();
    expect(hint?.shared.map(({ words }) => words.join(' '))).toEqual([
      'curriculum бағдарламасына',
      'literacy медиасауаттылықты',
      'media медиасауаттылықты',
      'school мектеп',
    ]);
  });

  test('are no pair when they may not be asked about', () => {
    const table = new LikenessTable(glossary);
    table.replace([
      { id: 'a', text: 'Plant trees' },
      { id: 'b', text: 'Plant trees' },
    ]);
    expect(table.hints()).toHaveLength(1);
    expect(table.hints(() => false)).toEqual([]);
  });

  test('a card that comes, changes or goes is as if the table had been laid anew', () => {
    const cards = cardsOf(OWN).slice(0, 60);
    const [laid, changed] = [new LikenessTable(glossary), new LikenessTable(glossary)];
    changed.replace(cards.map(({ id }, index) => ({ id, text: cards[(index + 7) % cards.length]!.text })));
    changed.put({ id: 'x', text: 'Something else' });
    changed.replace(cards);
    laid.replace(cards);
    const told = (table: LikenessTable) => table.hints().map(({ one, other, score }) => [one, other, score.toFixed(6)]);
    expect(told(changed)).toEqual(told(laid));
  });

  test.each(['', ' ', '😀 😀', '!!!', '\u0300\u0301', '٣٣', 'x'.repeat(100_000), 'ا'.repeat(5_000)])(
    'what says nothing is nobody’s twin: %#',
    (text) => {
      const table = new LikenessTable(glossary);
      table.replace([
        { id: 'a', text },
        { id: 'b', text: 'Train teachers to check facts' },
      ]);
      expect(table.hints()).toEqual([]);
    },
  );
});

describe('one Latin spelling', () => {
  const spelt = (text: string) => wordsOf(text).map(({ latin }) => latin);

  test.each([
    ['мактаб', 'maktab'],
    ['Қазақстан', 'Qazaqstan'],
    ['шаҳр', 'shahr'],
    ['чой', 'choy'],
    ['žurnal', 'журнал'],
    ['oʻzbek', 'o‘zbek'],
    ['ТОҶИК', 'tojik'],
    ['فورم', 'furm'],
  ])('%s is %s', (one, other) => expect(spelt(one)).toEqual(spelt(other)));

  test('composed and decomposed letters are the same', () => {
    expect(spelt('\u0439')).toEqual(spelt('\u0438\u0306'));
  });
});

describe('a glossary', () => {
  const words = (text: string, line: string) => new Glossary(line).conceptsOf(wordsOf(text)).flat();

  test('knows beginnings, whole words, and words side by side, each in its own script', () => {
    expect(words('teachers', 'teacher: teacher')).toEqual(['teacher']);
    expect(words('factory', 'fact: fact.')).toEqual([]);
    expect(words('fact', 'fact: fact.')).toEqual(['fact']);
    expect(words('social networks', 'net: social_network')).toEqual(['net']);
    expect(words('social work', 'net: social_network')).toEqual([]);
    expect(words('тор', 'net: tor')).toEqual([]);
  });

  test('takes whatever a person writes', () => {
    for (const line of ['', ':', '# remark: word', 'no colon', 'a:b', 'name:   ', 'x: . _ __ 😀', '\0: \0']) {
      expect(words('word b x', line)).toEqual([]);
    }
  });
});
