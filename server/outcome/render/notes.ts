import { LIMITS } from '#domain/limits.ts';
import type { ExportNote } from '#domain/outcome/export-note.ts';
import type { Place } from '#domain/outcome/texts.ts';
import { codeOf } from '../fonts/signs.ts';
import { printable } from './printable.ts';

/** Gathers what a file says otherwise than the document, by place. */
export class Notes {
  readonly #signs = new Map<Place, { codes: Set<string>; count: number }>();
  readonly #others: ExportNote[] = [];

  add(note: Exclude<ExportNote, { kind: 'signsReplaced' }>): void {
    this.#others.push(note);
  }

  replaced(place: Place, code: string): void {
    const known = this.#signs.get(place) ?? { codes: new Set(), count: 0 };
    this.#signs.set(place, known);
    known.codes.add(code);
    known.count += 1;
  }

  /** The text as every format can carry it, with what had to be changed noted. */
  printable(text: string, place: Place): string {
    const clean = printable(text, (sign) => this.replaced(place, codeOf(sign)));
    const { most } = LIMITS.exportText;
    if (clean.length <= most) return clean;
    this.add({ kind: 'textShortened', place, most });
    return `${clean.slice(0, most).replace(/\p{Surrogate}$/u, '')} …`;
  }

  get list(): ExportNote[] {
    const signs = [...this.#signs].map(([place, { codes, count }]): ExportNote => ({
      kind: 'signsReplaced',
      place,
      signs: [...codes],
      count,
    }));
    return [...signs, ...this.#others];
  }
}
