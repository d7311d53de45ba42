import { describe, expect, test } from 'vitest';
import type { RoomId } from '../ids.ts';
import type { Board, Item } from '../board/board.ts';
import { textOfBlocks } from '../languages/text.ts';
import { forum, item, paragraph, seatOf, sources, theme } from '../../../tests/integration/outcome-sample.ts';
import { assembleOutcome } from './assemble.ts';
import type { OutcomeRecommendation } from './document.ts';

const EMPTY = { preamble: [], closing: [], notes: [] };
const assembled = (boards: Board[], people = sources.people, own = forum) =>
  assembleOutcome({
    forum: own,
    boards: boards.map((board, index) => ({
      room: { id: `room${index}` as RoomId, name: `Room ${index + 1}` },
      board,
    })),
    draft: EMPTY,
    people,
  });
const board = (themes: Board['themes'], loose: Board['loose'] = []): Board => ({ themes, loose });
const said = (id: string, text: string) => item(id, 'en', paragraph('en', text));

describe('merged items', () => {
  const merged = (into: Item, ...others: Item[]): Item => ({ ...into, merged: others });

  test('[O63] stand below the recommendation they were merged into', () => {
    const { themes, parkingLot } = assembled([
      board(
        [
          theme(
            'a',
            'en',
            'Wells',
            merged(said('1', 'Dig'), said('2', 'Clean'), said('3', ' '), merged(said('4', 'Mend'), said('5', 'Paint'))),
          ),
        ],
        [merged(said('6', 'Loose'), said('7', 'Too'))],
      ),
    ]);
    const ids = ({ id, number, merged: inside }: OutcomeRecommendation) => [
      number,
      id,
      inside.map((entry) => entry.id),
    ];
    expect(themes[0]?.recommendations.map(ids)).toEqual([['1.1', '1', ['2', '4', '5']]]);
    expect(parkingLot.map(ids)).toEqual([['', '6', ['7']]]);
  });

  test('[O63] where the shown item is empty the first written one speaks for it', () => {
    const { themes } = assembled([
      board([
        theme('a', 'en', 'Wells', merged(said('1', ' '), said('2', '\u200b'), said('3', 'Mend'), said('4', 'Paint'))),
        theme('b', 'en', ' ', merged(said('5', ''), said('6', ''))),
      ]),
    ]);
    expect(themes).toHaveLength(1);
    expect(themes[0]?.recommendations).toMatchObject([{ id: '3', number: '1.1', merged: [{ id: '4' }] }]);
    expect(textOfBlocks(themes[0]?.recommendations[0]?.blocks ?? [])).toBe('Mend');
  });
});

describe('themes and recommendations', () => {
  test('[O1] themes of all rooms are numbered from 1 in room order, recommendations within their theme', () => {
    const { themes } = assembled([
      board([theme('a', 'en', 'Wells', said('1', 'Dig'), said('2', 'Clean'))]),
      board([theme('b', 'en', 'Roads', said('3', 'Pave'))]),
    ]);
    expect(
      themes.map(({ number, title, recommendations }) => [number, title.text, recommendations.map((r) => r.number)]),
    ).toEqual([
      [1, 'Wells', ['1.1', '1.2']],
      [2, 'Roads', ['2.1']],
    ]);
  });

  test('[O2] titles that differ in case, space or a leading number are one theme, rooms in order', () => {
    const { themes } = assembled([
      board([theme('a', 'en', '2. Clean  water', said('1', 'first')), theme('x', 'en', 'Roads')]),
      board([theme('b', 'en', ' clean Water ', said('2', 'second'))]),
    ]);
    expect(themes.map(({ id, title }) => [id, title.text])).toEqual([
      ['a', 'Clean  water'],
      ['x', 'Roads'],
    ]);
    expect(themes[0]?.recommendations.map(({ id, number }) => [id, number])).toEqual([
      ['1', '1.1'],
      ['2', '1.2'],
    ]);
  });

  test('[O2] a number that is part of a title stays, and themes without a title stay apart', () => {
    const { themes } = assembled([
      board([
        theme('a', 'en', '2030 goals', said('1', 'one')),
        theme('b', 'en', '', said('2', 'two')),
        theme('c', 'en', ' ', said('3', 'three')),
      ]),
    ]);
    expect(themes.map(({ title }) => title.text)).toEqual(['2030 goals', '', '']);
  });

  test('[O3] items and paragraphs without any text are left out and take no number', () => {
    const { themes, parkingLot } = assembled([
      board(
        [
          theme('a', 'en', 'Wells', said('1', ' \n'), item('2', 'en', paragraph('en'), paragraph('en', 'Dig'))),
          theme('b', 'en', ''),
        ],
        [said('3', '')],
      ),
    ]);
    expect(themes).toHaveLength(1);
    expect(themes[0]?.recommendations).toMatchObject([{ id: '2', number: '1.1', blocks: [paragraph('en', 'Dig')] }]);
    expect(parkingLot).toEqual([]);
  });

  test('[O4] ideas without a theme go to the parking lot of all rooms in order', () => {
    const { parkingLot } = assembled([board([], [said('1', 'one')]), board([], [said('2', 'two')])]);
    expect(parkingLot.map(({ blocks, number }) => [textOfBlocks(blocks), number])).toEqual([
      ['one', ''],
      ['two', ''],
    ]);
  });

  test('[O5] the room is named only where more than one room wrote something', () => {
    const first = board([theme('a', 'en', 'Wells', said('1', 'Dig'))]);
    expect(
      assembled([first, board([theme('b', 'en', 'Only a title')])]).themes[0]?.recommendations[0]?.room,
    ).toBeNull();
    const two = assembled([first, board([], [said('2', 'loose')])]);
    expect([two.themes[0]?.recommendations[0]?.room, two.parkingLot[0]?.room]).toEqual(['Room 1', 'Room 2']);
  });
});

test('[B62] what a board cannot show is counted in the document', () => {
  const beyond = { themes: 0, items: 7, comments: 3 };
  const { notes } = assembled([board([]), { ...board([], [said('1', 'one')]), beyond }]);
  expect(textOfBlocks(notes)).toMatch(/^Room 2: .*items 7/);
});

describe('participants by country', () => {
  test('[O6] largest delegation first, then by code, without organizers and removed seats; no country last', () => {
    const gone = seatOf('seat0007', 'participant', 'Gone', 'KG');
    const people = [...sources.people, { ...gone, seat: { ...gone.seat, removedAt: 1 } }];
    const { participants } = assembled([], people);
    expect(participants.total).toBe(5);
    expect(participants.delegations.map(({ country, count }) => [country, count])).toEqual([
      ['KG', 2],
      ['KZ', 1],
      ['PK', 1],
      [null, 1],
    ]);
    expect(participants.delegations[0]?.people).toEqual([
      { name: 'Aibek', organisation: 'School 5' },
      { name: 'Gulnara', organisation: null },
    ]);
  });

  test('[O7] no name is in the document of a forum that puts none there', () => {
    const { participants } = assembled([], sources.people, {
      ...forum,
      joinForm: { ...forum.joinForm, namesInOutcome: false },
    });
    expect(participants.total).toBe(5);
    expect(participants.delegations.flatMap(({ people }) => people)).toEqual([]);
  });

  test('[O8] without a seat the declared count holds; one seat makes the count real', () => {
    const declared = { ...forum, outcome: { declaredParticipants: 35 } };
    expect(assembled([], [], declared).participants).toEqual({ total: 35, delegations: [] });
    expect(assembled([], sources.people.slice(0, 1), declared).participants.total).toBe(1);
  });
});
