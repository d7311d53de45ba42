import type { Guest, Seating, Wish } from './guest.ts';
import { timesMet } from './met.ts';

const COUNTRY = 4; // times k² for k of one country at a table
const ALONE = 120; // for each person without anybody who knows their language; with 30, as much as a full table of one country, some stay alone
const LANGUAGE = 2; // times k² for k of one language at a table, when languages are mixed
const TOGETHER = 3; // times k², taken off, when they are gathered
const MET = 8; // times m² for two who sat together m times before

const NOWHERE = -1;

/**
 * Guests at tables and what that seating costs, kept up to date as they change places. Guests and tables are numbers: their places in
 * the lists given. All sums are of whole numbers.
 */
export class Tables {
  readonly #wish: Wish;
  readonly #countries: Int32Array;
  readonly #languages: readonly (readonly number[])[];
  readonly #count: { readonly countries: number; readonly languages: number };
  readonly #at: Int32Array;
  readonly #members: number[][];
  readonly #ofCountry: Int32Array;
  /** How many at a table know a language, and how many have it for their own. */
  readonly #knowing: Int32Array;
  readonly #speaking: Int32Array;
  readonly #alone: Int32Array;
  readonly #met: Uint8Array | null;

  constructor(guests: readonly Guest[], tables: number, wish: Wish, met: readonly Seating[]) {
    const countries = numbered(guests.flatMap(({ country }) => country || []));
    const languages = numbered(guests.flatMap((guest) => guest.languages));
    this.#wish = wish;
    this.#count = { countries: countries.size, languages: languages.size };
    this.#countries = Int32Array.from(
      guests,
      ({ country }) => (country ? countries.get(country) : undefined) ?? NOWHERE,
    );
    this.#languages = guests.map((guest) => [...new Set(guest.languages)].map((language) => languages.get(language)!));
    this.#at = new Int32Array(guests.length).fill(NOWHERE);
    this.#members = Array.from({ length: tables }, () => []);
    this.#ofCountry = new Int32Array(tables * countries.size);
    this.#knowing = new Int32Array(tables * languages.size);
    this.#speaking = new Int32Array(tables * languages.size);
    this.#alone = new Int32Array(tables);
    this.#met = met.length === 0 ? null : timesMet(guests, met);
  }

  at(guest: number): number {
    return this.#at[guest]!;
  }

  members(table: number): readonly number[] {
    return this.#members[table]!;
  }

  /** Those at the table whom nobody else there understands. */
  aloneAt(table: number): number[] {
    return this.#members[table]!.filter((guest) => this.#isAlone(guest, table));
  }

  /** Whether nobody at their table understands them. */
  isAlone(guest: number): boolean {
    return this.#isAlone(guest, this.#at[guest]!);
  }

  /** Whether they are alone at their table, though somebody at another understands them. */
  isLonely(guest: number): boolean {
    return (
      this.isAlone(guest) && this.#members.some((_, table) => table !== this.#at[guest] && this.isKnown(guest, table))
    );
  }

  /** Whether somebody at a table that they do not sit at knows one of their languages. */
  isKnown(guest: number, table: number): boolean {
    return this.#languages[guest]!.some((language) => this.#knowing[table * this.#count.languages + language]! > 0);
  }

  ofCountry(guest: number, table: number): number {
    const country = this.#countries[guest]!;
    return country < 0 ? 0 : this.#ofCountry[table * this.#count.countries + country]!;
  }

  speaking(guest: number, table: number): number {
    const [own] = this.#languages[guest]!;
    return own === undefined ? 0 : this.#speaking[table * this.#count.languages + own]!;
  }

  sit(guest: number, table: number): void {
    this.#at[guest] = table;
    this.#members[table]!.push(guest);
    this.#counted(guest, table, 1);
    this.#alone[table] = this.#countAlone(table);
  }

  leave(guest: number): void {
    const table = this.#at[guest]!;
    this.#at[guest] = NOWHERE;
    const members = this.#members[table]!;
    members.splice(members.indexOf(guest), 1);
    this.#counted(guest, table, -1);
    this.#alone[table] = this.#countAlone(table);
  }

  /** By how much the cost rises when a guest who sits nowhere sits down here. */
  riseBySitting(guest: number, table: number): number {
    const before = this.#costOf(table);
    const met = this.#metAt(guest, table);
    this.sit(guest, table);
    const after = this.#costOf(table);
    this.leave(guest);
    return after - before + met;
  }

  /** By how much the cost rises when two guests at different tables change places. */
  riseBySwapping(a: number, b: number): number {
    const [here, there] = [this.#at[a]!, this.#at[b]!];
    let rise = 0;
    if (this.#wish.country === 'mix' && this.#countries[a] !== this.#countries[b]) {
      rise += COUNTRY * (this.#countryStep(a, here, there) + this.#countryStep(b, there, here));
    }
    if (this.#wish.language !== 'off' && !this.#speakAlike(a, b)) rise += this.#languageRise(a, b, here, there);
    if (this.#met) {
      rise += this.#metAt(b, here, a) - this.#metAt(a, here) + this.#metAt(a, there, b) - this.#metAt(b, there);
    }
    return rise;
  }

  swap(a: number, b: number): void {
    const [here, there] = [this.#at[a]!, this.#at[b]!];
    const [seats, others] = [this.#members[here]!, this.#members[there]!];
    seats[seats.indexOf(a)] = b;
    others[others.indexOf(b)] = a;
    this.#at[a] = there;
    this.#at[b] = here;
    this.#counted(a, here, -1);
    this.#counted(b, there, -1);
    this.#counted(a, there, 1);
    this.#counted(b, here, 1);
    this.#alone[here] = this.#countAlone(here);
    this.#alone[there] = this.#countAlone(there);
  }

  /** What Σk² rises by when one of the guest's country goes from a table to another. */
  #countryStep(guest: number, from: number, to: number): number {
    if (this.#countries[guest]! < 0) return 0;
    return 2 * (this.ofCountry(guest, to) - this.ofCountry(guest, from) + 1);
  }

  /** The same for their own language. */
  #languageStep(guest: number, from: number, to: number): number {
    if (this.#languages[guest]!.length === 0) return 0;
    return 2 * (this.speaking(guest, to) - this.speaking(guest, from) + 1);
  }

  #languageRise(a: number, b: number, here: number, there: number): number {
    const { language } = this.#wish;
    let rise = 0;
    if (language !== 'company' && this.#languages[a]![0] !== this.#languages[b]![0]) {
      const spread = this.#languageStep(a, here, there) + this.#languageStep(b, there, here);
      if (language === 'mix') return LANGUAGE * spread;
      rise -= TOGETHER * spread;
    }
    if (language === 'mix') return rise;
    const before = this.#alone[here]! + this.#alone[there]!;
    this.#known(a, here, -1);
    this.#known(b, here, 1);
    this.#known(b, there, -1);
    this.#known(a, there, 1);
    const after = this.#countAlone(here, a, b) + this.#countAlone(there, b, a);
    this.#known(a, there, -1);
    this.#known(b, there, 1);
    this.#known(b, here, -1);
    this.#known(a, here, 1);
    return rise + ALONE * (after - before);
  }

  #costOf(table: number): number {
    let cost = this.#languageCost(table);
    if (this.#wish.country === 'mix') cost += COUNTRY * squares(this.#ofCountry, table, this.#count.countries);
    return cost;
  }

  #languageCost(table: number): number {
    const { language } = this.#wish;
    const alone = this.#alone[table]!;
    if (language === 'off') return 0;
    if (language === 'company') return ALONE * alone;
    const spread = squares(this.#speaking, table, this.#count.languages);
    return language === 'mix' ? LANGUAGE * spread : ALONE * alone - TOGETHER * spread;
  }

  /** For those at a table but `without`: what this guest's meetings with them weigh. */
  #metAt(guest: number, table: number, without = guest): number {
    if (!this.#met) return 0;
    let sum = 0;
    const row = guest * this.#at.length;
    for (const other of this.#members[table]!) {
      if (other === without || other === guest) continue;
      const met = this.#met[row + other]!;
      sum += MET * met * met;
    }
    return sum;
  }

  #counted(guest: number, table: number, by: 1 | -1): void {
    const country = this.#countries[guest]!;
    if (country >= 0) this.#ofCountry[table * this.#count.countries + country]! += by;
    const [own] = this.#languages[guest]!;
    if (own !== undefined) this.#speaking[table * this.#count.languages + own]! += by;
    this.#known(guest, table, by);
  }

  #known(guest: number, table: number, by: 1 | -1): void {
    const row = table * this.#count.languages;
    for (const language of this.#languages[guest]!) this.#knowing[row + language]! += by;
  }

  /** Of those at the table; `came` is counted for who `left` it. */
  #countAlone(table: number, left = NOWHERE, came = NOWHERE): number {
    if (this.#wish.language === 'off' || this.#wish.language === 'mix') return 0;
    let alone = 0;
    for (const guest of this.#members[table]!) if (this.#isAlone(guest === left ? came : guest, table)) alone += 1;
    return alone;
  }

  #isAlone(guest: number, table: number): boolean {
    const languages = this.#languages[guest]!;
    if (languages.length === 0) return false;
    const row = table * this.#count.languages;
    for (const language of languages) if (this.#knowing[row + language]! > 1) return false;
    return true;
  }

  #speakAlike(a: number, b: number): boolean {
    const [one, other] = [this.#languages[a]!, this.#languages[b]!];
    return one.length === other.length && one.every((language, place) => language === other[place]);
  }
}

function squares(counts: Int32Array, table: number, width: number): number {
  let sum = 0;
  for (let place = table * width; place < (table + 1) * width; place += 1) sum += counts[place]! ** 2;
  return sum;
}

function numbered(names: readonly string[]): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const name of names) if (!numbers.has(name)) numbers.set(name, numbers.size);
  return numbers;
}
