import type { AgendaItem, AgendaKind, AgendaLink, NamedPerson } from '#domain/forum/agenda.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { textOfRuns, type Run } from '#domain/languages/text.ts';
import type { CountryNames } from './country-names.ts';
import { headingOf, linesOfNode, textOfNode, type SourceNode } from './source.ts';
import {
  AFTER_TITLE,
  BEFORE_TITLE,
  CLOSING,
  FACILITATED,
  MODERATED,
  OPENING,
  SLIDES,
  VIDEO,
  WORKSHOP,
} from './words.ts';

interface Growing {
  kind: AgendaKind;
  title: string;
  moderator?: NamedPerson;
  speakers: NamedPerson[];
  links: AgendaLink[];
  summary: string[];
  keyPoints: string[];
}

/** Agenda items out of sentences: "The first session, moderated by …". Whatever a sentence says stays in the summary, word by word. */
export class TypedAgenda {
  readonly #items: Growing[] = [];
  readonly #countries: CountryNames;
  /** Headings below the section's own begin items. */
  readonly #underHeading: boolean;

  constructor(countries: CountryNames, underHeading: boolean) {
    this.#countries = countries;
    this.#underHeading = underHeading;
  }

  get size(): number {
    return this.#items.length;
  }

  /** `firstId` numbers the items on from those of an earlier part. */
  items(firstId: number): AgendaItem[] {
    return this.#items.map(({ summary, ...item }, index): AgendaItem => {
      const id = `item-${firstId + index}`;
      const entry = { ...item, id, ...(summary.length > 0 && { summary: summary.join('\n') }) };
      return item.kind === 'workshop'
        ? { ...entry, kind: item.kind, id: id as WorkshopId, rooms: [] }
        : { ...entry, kind: item.kind };
    });
  }

  /** False when the node neither begins an item nor can belong to one. */
  take(node: SourceNode): boolean {
    const heading = headingOf(node);
    if (heading && !this.#underHeading) return false;
    const text = textOfNode(node);
    if (heading) this.#items.push(begun(kindOf(text), text, heading));
    else if (node.kind !== 'list' && this.#begins(text)) this.#beginBySentence(node, text);
    else {
      const item = this.#items.at(-1);
      if (!item) return false;
      this.#continue(item, node, text);
    }
    return true;
  }

  #begins(text: string): boolean {
    const last = this.#items.at(-1);
    const led = MODERATED.test(text) || FACILITATED.test(text);
    // "Moderator: …" right under a heading tells who moderates that item and begins none.
    return (led && !(last && !last.moderator && last.summary.length === 0)) || OPENING.test(text);
  }

  #beginBySentence(node: SourceNode, text: string): void {
    const kind = OPENING.test(text) ? 'opening' : FACILITATED.test(text) || WORKSHOP.test(text) ? 'workshop' : 'panel';
    const [line = []] = linesOfNode(node);
    const item = begun(kind, titleOf(line), linesOfNode(node).flat());
    this.#items.push(item);
    this.#lead(item, text);
    item.summary.push(text);
  }

  #continue(item: Growing, node: SourceNode, text: string): void {
    item.links.push(...linksIn(linesOfNode(node).flat()));
    if (!item.moderator) this.#lead(item, text);
    if (node.kind !== 'list') item.summary.push(text);
    else if (item.kind === 'opening' && item.speakers.length === 0 && item.summary.length === 1) {
      const lines = linesOfNode(node).map(textOfRuns);
      item.speakers.push(...lines.map((line) => this.#speaker(line)));
      // The sentence that the list was part of stays whole.
      item.summary[0] = [item.summary[0], ...lines].join(' ');
    } else item.keyPoints.push(...linesOfNode(node).map(textOfRuns));
  }

  #lead(item: Growing, text: string): void {
    const { name, note } = (MODERATED.exec(text) ?? FACILITATED.exec(text))?.groups ?? {};
    if (!name) return;
    const country = note ? this.#countries.exactly(note) : null;
    item.moderator = {
      name: withoutEnd(name, /[.’']/),
      ...(country ? { country } : note ? { role: note } : {}),
    };
  }

  /** "Name, what they are" or "Name (Country), what they are"; the sentence's own signs at the end are not part of it. */
  #speaker(line: string): NamedPerson {
    const clean = withoutEnd(withoutEnd(line, /[\s;,.]/).replace(/;\s*(?:and|и)$/u, ''), /[\s;,.]/);
    const parts = /^([^,(–—]+)(?:\(([^)]+)\)\s*)?(?:[,–—](.+))?$/su.exec(clean) ?? [];
    const [, before, note, rest] = parts.map((part) => part?.trim());
    const name = before || clean;
    const country = note ? this.#countries.exactly(note) : null;
    const role = [country ? undefined : note, rest].filter(Boolean).join(', ');
    return { name, ...(country && { country }), ...(role && { role }) };
  }
}

/** Without the signs that a text ends with; the signs are tried one by one, however many there are. */
function withoutEnd(text: string, sign: RegExp): string {
  let end = text.length;
  while (end > 0 && sign.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

const begun = (kind: AgendaKind, title: string, runs: readonly Run[]): Growing => ({
  kind,
  title,
  speakers: [],
  links: linksIn(runs),
  summary: [],
  keyPoints: [],
});

function kindOf(title: string): AgendaKind {
  if (OPENING.test(title)) return 'opening';
  if (CLOSING.test(title)) return 'closing';
  return WORKSHOP.test(title) ? 'workshop' : 'panel';
}

/** The link that a sentence begins with, or the sentence up to its first comma or verb. */
function titleOf(line: readonly Run[]): string {
  const [first] = line;
  const linked = line.filter(({ href }) => href !== undefined && href === first?.href);
  if (linked.length > 0) return capital(textOfRuns(linked).trim());
  const sentence = textOfRuns(line).replace(BEFORE_TITLE, '');
  const end = AFTER_TITLE.exec(sentence)?.index ?? sentence.length;
  return capital((sentence.slice(0, end).trim() || sentence).trim());
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

function linksIn(runs: readonly Run[]): AgendaLink[] {
  const urls = new Set(runs.flatMap(({ href }) => (href && /^https?:/i.test(href) ? [href] : [])));
  return [...urls].map((url) => ({ kind: kindOfLink(url), url }));
}

function kindOfLink(url: string): AgendaLink['kind'] {
  const place = url.replace(/^https?:\/\/(?:www\.)?/i, '');
  if (VIDEO.test(place)) return 'video';
  return SLIDES.test(place) ? 'slides' : 'page';
}
