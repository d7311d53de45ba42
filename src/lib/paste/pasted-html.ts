import { isSafeHref } from '#domain/languages/safe-href.ts';
import type { Run } from '#domain/languages/text.ts';
import { isVoid, tokensOf, type Attributes } from './html-tokens.ts';
import { emptyCells, seamOfCells, withoutMarks, withoutUnseen, type PastedLine } from './pasted-line.ts';

/**
 * What people see of pasted HTML, as lines: without the marks of its lists, without what office programs show as deleted, remarked or
 * hidden, with the cells of a table kept apart.
 */
export function linesOfHtml(html: string): PastedLine[] {
  const reader = new Reader();
  let isIgnored = false;
  for (const token of tokensOf(fragmentOf(html))) {
    if (reader.isFull) break;
    if (token.kind === 'comment') {
      // Where Word puts a list's mark, a remark's or a footnote's for programs that have none of their own.
      if (/^\[if\s+!(support|vml|mso)/i.test(token.text)) isIgnored = true;
      else if (/^\[endif\]/i.test(token.text)) isIgnored = false;
    } else if (token.kind === 'text') {
      if (!isIgnored) reader.text(token.text);
    } else if (token.kind === 'open') reader.open(token.name, token.attributes);
    else {
      if (BLOCKS.has(token.name)) isIgnored = false; // a mark that was never closed ends with its line
      reader.close(token.name);
    }
  }
  return withoutMarks(reader.end());
}

/** What was copied, where the page around it came along. */
function fragmentOf(html: string): string {
  const start = html.indexOf('<!--StartFragment-->');
  const end = html.lastIndexOf('<!--EndFragment-->');
  return start >= 0 && end > start ? html.slice(start, end) : html;
}

const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 ' +
    'h6 header hr html li main nav ol p pre section summary table tbody tfoot thead tr ul'
  ).split(' '),
);
const UNREAD = new Set(
  (
    'script style head title meta link template iframe noscript object embed svg math img picture video audio canvas map ' +
    'button input select textarea option del xml applet'
  ).split(' '),
);
const UNREAD_CLASS =
  /\b(msodel|msocomment\w*|msocomtxt|msocomanch\w*|msocomoff|msofootnotereference|msoendnotereference)\b/i;
const UNREAD_STYLE =
  /mso-list:\s*ignore|mso-hide:\s*all|display:\s*none|visibility:\s*hidden|mso-element:\s*(comment|footnote|endnote|header|footer|field-begin)|mso-comment-reference|mso-special-character:\s*comment/i;
const UNREAD_ANCHOR = /^#(_msocom|_msoanchor|_ftn|_edn|cmnt|sdfootnote|sdendnote)/i;

const MOST_OPEN = 200_000; // tags; the clipboard's own limit comes first
const MOST_CHARACTERS = 400_000;

interface Frame {
  readonly name: string;
  readonly isUnread: boolean;
  readonly marks: Omit<Run, 'text'>;
  readonly isPre: boolean;
  /** Signs that stand above or below the line; where each has its own letter they keep their meaning: m², CO₂. */
  readonly raised: ReadonlyMap<string, string> | null;
  readonly cell: boolean;
  /** How many lists it lies in. */
  readonly lists: number;
  /** Of a list's entry. */
  readonly level: number | null;
}

const OUTSIDE: Frame = {
  name: '',
  isUnread: false,
  marks: {},
  isPre: false,
  raised: null,
  cell: false,
  lists: 0,
  level: null,
};

class Reader {
  readonly #frames: Frame[] = [];
  readonly #open = new Map<string, number>();
  readonly #lines: PastedLine[] = [];
  #runs: Run[] = [];
  #level: number | null = null;
  /** Cells of the row that have begun. */
  #cells = 0;
  /** Of them those up to the last in which something stands. */
  #filled = 0;
  /** Without words, before the first in which something stands. */
  #leading = 0;
  #isSpaceDue = false;
  #seen = 0;

  get isFull(): boolean {
    return this.#seen > MOST_CHARACTERS;
  }

  open(name: string, attributes: Attributes): void {
    if (name === 'br') return this.#break();
    if (isVoid(name)) {
      if (name === 'hr') this.#flush();
      return;
    }
    this.#closeBefore(name);
    if (this.#frames.length >= MOST_OPEN) return;
    const around = this.#around;
    const style = attributes.get('style') ?? '';
    const isCell = name === 'td' || name === 'th';
    const lists = around.lists + (name === 'ul' || name === 'ol' ? 1 : 0);
    const isEntry =
      name === 'li' || /mso-list:\s*l\d/i.test(style) || /\bMsoListParagraph/i.test(attributes.get('class') ?? '');
    const frame: Frame = {
      name,
      isUnread: around.isUnread || isUnread(name, attributes, style),
      marks: marksOf(name, attributes, style, around.marks),
      isPre: name === 'pre' || /white-space:\s*pre/i.test(style) || around.isPre,
      raised: raisedBy(name, style) ?? around.raised,
      cell: isCell || (around.cell && name !== 'table'),
      lists,
      level: isEntry ? levelOf(attributes, style, lists) : name === 'table' ? null : around.level,
    };
    this.#frames.push(frame);
    this.#open.set(name, (this.#open.get(name) ?? 0) + 1);
    if (frame.isUnread) return;
    if (name === 'tr' || name === 'table') this.#flush();
    else if (isCell) this.#cells += 1;
    else if (BLOCKS.has(name)) this.#block();
    if (isEntry && !frame.cell) this.#level = frame.level;
  }

  close(name: string): void {
    if ((this.#open.get(name) ?? 0) === 0) return;
    for (let frame = this.#pop(); frame && frame.name !== name; frame = this.#pop());
  }

  text(text: string): void {
    const { isUnread, isPre } = this.#around;
    if (isUnread) return;
    if (isPre && text.includes('\n')) {
      for (const [index, line] of text.split('\n').entries()) {
        if (index > 0) this.#break();
        this.#words(line);
      }
    } else this.#words(text);
  }

  end(): PastedLine[] {
    this.#flush();
    return this.#lines;
  }

  get #around(): Frame {
    return this.#frames.at(-1) ?? OUTSIDE;
  }

  #words(text: string): void {
    const plain = withoutUnseen(text.replace(/\s+/gu, ' '));
    const words = raisedIn(plain.trim(), this.#around.raised);
    if (words === '') {
      this.#isSpaceDue ||= plain !== '';
      return;
    }
    const isApart = (this.#isSpaceDue || plain.startsWith(' ')) && this.#runs.length > 0;
    this.#seen += words.length;
    const { marks, level } = this.#around;
    if (this.#runs.length === 0) this.#level = this.#around.cell ? null : (this.#level ?? level);
    if (this.#cells > this.#filled) this.#nextCell();
    else if (isApart) this.#add(' ', isPlain(this.#runs.at(-1)) ? {} : marks); // rather in neither's emphasis
    this.#add(words, marks);
    this.#isSpaceDue = plain.endsWith(' ');
  }

  /** Something stands in another cell of the row than before. */
  #nextCell(): void {
    const empty = this.#cells - this.#filled - 1;
    this.#filled = this.#cells;
    if (this.#runs.length === 0) {
      this.#leading = empty;
      return;
    }
    if (this.#leading > 0) this.#runs.unshift({ text: emptyCells(this.#leading) });
    this.#leading = 0;
    this.#add(seamOfCells(empty), {});
  }

  #add(text: string, marks: Omit<Run, 'text'>): void {
    const last = this.#runs.at(-1);
    if (last && last.strong === marks.strong && last.em === marks.em && last.href === marks.href)
      this.#runs[this.#runs.length - 1] = { ...last, text: last.text + text };
    else this.#runs.push({ text, ...marks });
  }

  /** A paragraph of a cell, and a line of an entry, go on in the same line. */
  #break(): void {
    const { isUnread, cell, level } = this.#around;
    if (isUnread) return;
    if (cell || level !== null) this.#isSpaceDue = true;
    else this.#flush();
  }

  #block(): void {
    if (this.#around.cell) this.#isSpaceDue = true;
    else this.#flush();
  }

  #flush(): void {
    if (this.#runs.length > 0) this.#lines.push({ runs: this.#runs, level: this.#level });
    this.#runs = [];
    this.#level = null;
    this.#cells = this.#filled = this.#leading = 0;
    this.#isSpaceDue = false;
  }

  #pop(): Frame | undefined {
    const frame = this.#frames.pop();
    if (!frame) return undefined;
    this.#open.set(frame.name, (this.#open.get(frame.name) ?? 1) - 1);
    if (frame.isUnread) return frame;
    if (frame.name === 'tr' || frame.name === 'table') this.#flush();
    else if (BLOCKS.has(frame.name)) {
      if (frame.cell) this.#isSpaceDue = true;
      else this.#flush();
    }
    return frame;
  }

  /** Tags that end the one before without a word. */
  #closeBefore(name: string): void {
    const ends = name === 'li' ? ['li', 'ul', 'ol'] : CELLS.has(name) ? ['td', 'th', 'tr', 'table'] : null;
    if (ends === null) {
      if (BLOCKS.has(name) && this.#around.name === 'p') this.close('p');
      return;
    }
    const nearest = this.#frames.findLast((frame) => ends.includes(frame.name))?.name;
    if (name === 'li' && nearest === 'li') this.close('li');
    else if (name === 'tr') {
      if (nearest === 'td' || nearest === 'th') this.close(nearest);
      if (nearest !== 'table' && nearest !== undefined) this.close('tr');
    } else if (nearest === 'td' || nearest === 'th') this.close(nearest);
  }
}

const isPlain = (run: Run | undefined): boolean => !run?.strong && !run?.em && run?.href === undefined;

const CELLS = new Set(['td', 'th', 'tr']);

function isUnread(name: string, attributes: Attributes, style: string): boolean {
  return (
    UNREAD.has(name) ||
    attributes.has('hidden') ||
    attributes.get('aria-hidden') === 'true' ||
    UNREAD_STYLE.test(style) ||
    UNREAD_CLASS.test(attributes.get('class') ?? '') ||
    (name === 'a' && UNREAD_ANCHOR.test(attributes.get('href') ?? ''))
  );
}

function levelOf(attributes: Attributes, style: string, lists: number): number {
  const stated =
    attributes.get('aria-level') ??
    attributes.get('data-aria-level') ??
    /mso-list:\s*l\d+\s+level(\d)/i.exec(style)?.[1];
  return Math.max(0, (Number(stated) || Math.max(1, lists)) - 1);
}

const signs = (plain: string, raised: string) => new Map([...plain].map((sign, at) => [sign, raised[at]!]));
const ABOVE = signs('0123456789+-−=()n', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ');
const BELOW = signs('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎');

function raisedBy(name: string, style: string): ReadonlyMap<string, string> | null {
  if (name === 'sup' || /vertical-align:\s*super/i.test(style)) return ABOVE;
  return name === 'sub' || /vertical-align:\s*sub/i.test(style) ? BELOW : null;
}

/** "1st" stays as it is. */
function raisedIn(words: string, raised: ReadonlyMap<string, string> | null): string {
  if (raised === null) return words;
  const letters = [...words].map((sign) => raised.get(sign));
  return letters.includes(undefined) ? words : letters.join('');
}

const HEAVY = /font-weight:\s*(bold(er)?|[6-9]00)/i;
const LIGHT = /font-weight:\s*(normal|lighter|[1-5]00)/i;
const SLANTED = /font-style:\s*(italic|oblique)/i;
const UPRIGHT = /font-style:\s*normal/i;

function marksOf(name: string, attributes: Attributes, style: string, around: Omit<Run, 'text'>): Omit<Run, 'text'> {
  const strong =
    HEAVY.test(style) || (!LIGHT.test(style) && (name === 'b' || name === 'strong' || around.strong === true));
  const em = SLANTED.test(style) || (!UPRIGHT.test(style) && (name === 'i' || name === 'em' || around.em === true));
  const address = name === 'a' ? (attributes.get('href') ?? '').trim() : '';
  const href = isSafeHref(address) ? address : around.href;
  return { ...(strong && { strong: true }), ...(em && { em: true }), ...(href !== undefined && { href }) };
}
