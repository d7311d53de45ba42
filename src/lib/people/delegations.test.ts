import { describe, expect, it } from 'vitest';
import { byCountry, type PersonRow } from './delegations.ts';

const row = (name: string, country: string | null, joinedAt: number): PersonRow => ({
  seatId: name,
  name,
  country,
  organisation: null,
  role: 'participant',
  joinedAt,
  hasAccount: false,
});

describe('people by country', () => {
  it('[F23] the largest delegation is first and people without a country are last, in order of joining', () => {
    const rows = byCountry([
      row('A', null, 1),
      row('B', null, 2),
      row('C', 'UZ', 5),
      row('D', 'KZ', 4),
      row('E', 'KZ', 3),
    ]);
    expect(rows.map(({ country, people }) => [country, people.map(({ name }) => name).join('')])).toEqual([
      ['KZ', 'ED'],
      ['UZ', 'C'],
      [null, 'AB'],
    ]);
  });

  it('[F23] delegations of one size stand in the order of their codes', () => {
    expect(byCountry([row('A', 'UZ', 1), row('B', 'KG', 2)]).map(({ country }) => country)).toEqual(['KG', 'UZ']);
  });

  it('[F23] everybody is in exactly one delegation', () => {
    const people = [row('A', 'UZ', 1), row('B', 'KG', 2), row('C', null, 3), row('D', 'UZ', 4)];
    const names = byCountry(people).flatMap((group) => group.people.map(({ name }) => name));
    expect(names.sort()).toEqual(['A', 'B', 'C', 'D']);
  });
});
