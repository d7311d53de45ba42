import fc from 'fast-check';
import * as Y from 'yjs';
import type { ItemId, SeatId, ThemeId } from '#domain/ids.ts';
import * as edit from '#protocol/board/edit.ts';

/** What a guest with a program of their own may put anywhere in a document; what is planted before must come out unchanged. */
export const INTACT = { item: 'intactitem', theme: 'intacttheme', comment: 'intactcomment', words: 'Плотина ☂ stays' };

export function plant(doc: Y.Doc): void {
  const writer = { seat: 'aidaseat' as SeatId, at: 1_000 };
  const blocks = [
    { kind: 'paragraph' as const, lang: 'ru', runs: [{ text: INTACT.words, strong: true as const }] },
    { kind: 'list' as const, lang: 'en', items: [[{ text: 'one' }], [{ text: 'two', href: 'https://x.org/' }]] },
  ];
  edit.addTheme(doc, { id: INTACT.theme as ThemeId, title: { text: 'Intact theme', lang: 'en' } }, writer);
  edit.addItem(doc, { id: INTACT.item as ItemId, theme: INTACT.theme as ThemeId, lang: 'en', blocks }, writer);
  const comment = { id: INTACT.comment as never, text: { text: 'a comment', lang: 'ur' } };
  edit.addComment(doc, INTACT.item as ItemId, comment, writer);
}

const strings = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    ...['', ' ', '\uD83D', '\uDE00x', '\u0000', '\u202E', '__proto__', 'constructor', 'toString', 'NaN', '-1', 'null'],
    ...['<script>', ']]>', '=1+1', '#set page', '\\end', '{{x}}', 'javascript:alert(1)', 'https://[', 'mailto:', 'und'],
    ...['en', 'ur', 'xx-Zzzz-999', 'a0', 'a00', 'zz', '9'.repeat(400), '😀'.repeat(300), 'aidaseat', 'bad1', 'bad2'],
  ),
);
const plain: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: strings },
  fc.constantFrom(undefined, null, true, NaN, Infinity, -Infinity, -0, 7, 1e308, 8.64e15, 8.65e15, -1, 2n ** 60n),
  fc.double(),
  fc.uint8Array({ maxLength: 8 }),
  fc.object({ key: strings.filter((key) => key !== '__proto__'), maxDepth: 2, maxKeys: 3 }),
  fc.array(fc.oneof(strings, fc.double()), { maxLength: 3 }),
);

type Make = () => unknown;
const ELEMENTS = ['paragraph', 'bullet_list', 'list_item', 'table', 'image', ''] as const;

/** A shared type with anything in it, made anew each time that it is put somewhere. */
const shared: fc.Arbitrary<Make> = fc.letrec<{ type: Make; value: Make }>((tie) => ({
  value: fc.oneof(
    {
      weight: 3,
      arbitrary: plain.map(
        (value): Make =>
          () =>
            value,
      ),
    },
    tie('type'),
  ),
  type: fc.oneof(
    { depthSize: 'small', maxDepth: 4 },
    strings.map(
      (text): Make =>
        () =>
          new Y.Text(text),
    ),
    strings.map(
      (text): Make =>
        () =>
          new Y.XmlText(text),
    ),
    fc.tuple(strings, plain, strings).map(
      ([text, mark, key]): Make =>
        () =>
          marked(text, key, mark),
    ),
    fc.array(fc.tuple(strings, tie('value')), { maxLength: 3 }).map(
      (entries): Make =>
        () =>
          new Y.Map(entries.filter(([k]) => k !== '__proto__').map(([k, make]) => [k, make()])),
    ),
    fc.array(tie('value'), { maxLength: 3 }).map(
      (makes): Make =>
        () =>
          Y.Array.from(makes.map((make) => make()) as never[]),
    ),
    fc.tuple(fc.constantFrom(...ELEMENTS), plain, fc.array(tie('type'), { maxLength: 3 })).map(
      ([name, lang, makes]): Make =>
        () =>
          element(name, lang, makes),
    ),
    fc.array(tie('type'), { maxLength: 3 }).map((makes): Make => () => {
      const fragment = new Y.XmlFragment();
      fragment.insert(0, makes.map((make) => make()).filter(isXml));
      return fragment;
    }),
    fc.constant((): unknown => new Y.XmlHook('hook')),
  ),
})).value;

const isXml = (type: unknown): type is Y.XmlElement | Y.XmlText =>
  type instanceof Y.XmlElement || type instanceof Y.XmlText;

function marked(text: string, key: string, mark: unknown): Y.XmlText {
  const made = new Y.XmlText();
  const json = mark === undefined || typeof mark === 'bigint' ? null : mark;
  made.applyDelta([
    { insert: text || 'x', attributes: { link: { href: text }, ...(key !== '__proto__' && { [key]: json }) } },
    { insert: { embed: text } },
    { insert: text || 'y', attributes: { strong: json, em: json, link: json } },
  ]);
  return made;
}

function element(name: string, lang: unknown, makes: readonly Make[]): Y.XmlElement {
  const made = new Y.XmlElement(name);
  made.setAttribute('lang', lang as string);
  made.insert(0, makes.map((make) => make()).filter(isXml));
  return made;
}

const FIELDS = ['title', 'body', 'lang', 'order', 'by', 'at', 'theme', 'merged', 'comments', 'reactions'] as const;
/** Where a value goes. */
export type Place = 'record' | 'field' | 'comment' | 'reaction' | 'block' | 'run' | 'root';

export interface Deed {
  readonly place: Place;
  readonly map: 'themes' | 'items';
  /** `bad0` … are records that began as whole ones. */
  readonly id: string;
  readonly field: (typeof FIELDS)[number];
  readonly key: string;
  readonly make: Make;
}

export const deeds: fc.Arbitrary<Deed[]> = fc.array(
  fc.record({
    place: fc.constantFrom<Place>('record', 'field', 'field', 'field', 'comment', 'reaction', 'block', 'run', 'root'),
    map: fc.constantFrom('themes', 'items'),
    id: fc.oneof({ weight: 3, arbitrary: fc.constantFrom('bad0', 'bad1', 'bad2') }, strings),
    field: fc.constantFrom(...FIELDS),
    key: strings,
    make: shared,
  }),
  { minLength: 1, maxLength: 12 },
);

/** Whole records to be spoilt. */
export function plantBad(doc: Y.Doc): void {
  for (const id of ['bad0', 'bad1', 'bad2']) {
    const writer = { seat: 'guestseat' as SeatId, at: 2_000 };
    edit.addTheme(doc, { id: id as ThemeId, title: { text: id, lang: 'en' } }, writer);
    const blocks = [{ kind: 'paragraph' as const, lang: 'en', runs: [{ text: `text of ${id}` }] }];
    edit.addItem(doc, { id: id as ItemId, theme: id as ThemeId, lang: 'en', blocks }, writer);
  }
}

/** Does it; what Yjs itself does not let a program write is left out. */
export function commit(doc: Y.Doc, deed: Deed): void {
  try {
    doc.transact(() => write(doc, deed));
  } catch {
    // e.g. a type that was put into a place where Yjs cannot write it: then it is not on the wire either
  }
}

function write(doc: Y.Doc, { place, map, id, field, key, make }: Deed): void {
  const records = doc.getMap<unknown>(map);
  if (id === INTACT.item || id === INTACT.theme || id === '__proto__' || key === '__proto__') return;
  const record = records.get(id);
  const inner = (name: string) => (record instanceof Y.Map ? (record.get(name) as unknown) : null);
  switch (place) {
    case 'record':
      return void records.set(id, make());
    case 'field':
      return void (record instanceof Y.Map && record.set(field, make()));
    case 'comment': {
      const comments = inner('comments');
      const value = make();
      const comment = { text: value, by: value, at: value, lang: value };
      return void (comments instanceof Y.Map && comments.set(key, value instanceof Y.AbstractType ? value : comment));
    }
    case 'reaction': {
      const reactions = inner('reactions');
      return void (reactions instanceof Y.Map && reactions.set(key, make()));
    }
    case 'block': {
      const body = inner('body');
      return void (body instanceof Y.XmlFragment && body.insert(0, [make() as Y.XmlElement]));
    }
    case 'run': {
      const body = inner('body');
      const paragraph = body instanceof Y.XmlFragment ? (body.get(0) as unknown) : null;
      return void (paragraph instanceof Y.XmlElement && paragraph.insert(0, [make() as Y.XmlText]));
    }
    case 'root':
      return void doc.getMap<unknown>('junk').set(key, make());
  }
}
