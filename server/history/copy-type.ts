import * as Y from 'yjs';

export type SharedType = Y.Map<unknown> | Y.Array<unknown> | Y.Text | Y.XmlFragment;

export const isShared = (value: unknown): value is SharedType => value instanceof Y.AbstractType;

/** Two values between which only contents may differ: the same kind of type, for elements of the same name. */
export function isSameKind(a: unknown, b: unknown): boolean {
  if (!isShared(a) || !isShared(b) || a.constructor !== b.constructor) return false;
  return !(a instanceof Y.XmlElement) || a.nodeName === (b as Y.XmlElement).nodeName;
}

/** The content as plain data: equal for equal contents, whatever edits they came from. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] };
  if (typeof value === 'bigint') return { bigint: String(value) };
  if (value instanceof Y.Doc) return { doc: value.guid };
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof Y.Text) return { text: delta(value).map(plain), attributes: plain(attributesOf(value)) };
  if (value instanceof Y.XmlFragment) {
    const name = value instanceof Y.XmlElement ? value.nodeName : null;
    return { name, children: value.toArray().map(plain), attributes: plain(attributesOf(value)) };
  }
  if (value instanceof Y.Array) return { array: value.toArray().map(plain) };
  if (value instanceof Y.Map) return { map: plain(attributesOf(value)) };
  if (typeof value !== 'object' || value === null) return value === undefined ? { undefined: true } : value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
}

export const fingerprint = (value: unknown): string => JSON.stringify(plain(value));

export interface Piece {
  readonly insert: unknown;
  readonly attributes?: Record<string, unknown>;
}

/** Neighbours of the same format are one piece, whatever marks lie between them. */
export function delta(text: Y.Text): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of text.toDelta() as Piece[]) {
    const last = pieces.at(-1);
    const isSameFormat = last && fingerprint(last.attributes ?? {}) === fingerprint(piece.attributes ?? {});
    if (isSameFormat && typeof last.insert === 'string' && typeof piece.insert === 'string') {
      pieces[pieces.length - 1] = { ...last, insert: last.insert + piece.insert };
    } else pieces.push(piece);
  }
  return pieces;
}

/** What a type holds under keys: the entries of a map, the attributes of an element or of a text. */
export function attributesOf(type: SharedType): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const [key, item] of type._map) {
    if (!item.deleted) entries.push([key, item.content.getContent()[item.length - 1]]);
  }
  return Object.fromEntries(entries);
}

/** A value that may be inserted elsewhere: types as new ones with the same content, all else as it is. */
export function copyOf(value: unknown): unknown {
  if (value instanceof Y.Text) {
    const copy = value instanceof Y.XmlText ? new Y.XmlText() : new Y.Text();
    // as it is: by default a last line break is left out
    copy.applyDelta(
      delta(value).map((piece) => ({ ...piece, insert: copyOf(piece.insert) })),
      { sanitize: false },
    );
    for (const [key, inner] of Object.entries(attributesOf(value))) copy.setAttribute(key, copyOf(inner));
    return copy;
  }
  if (value instanceof Y.XmlHook) return withEntries(new Y.XmlHook(value.hookName), value);
  if (value instanceof Y.XmlElement) {
    const copy = new Y.XmlElement(value.nodeName);
    for (const [key, inner] of Object.entries(attributesOf(value))) copy.setAttribute(key, copyOf(inner) as string);
    copy.insert(0, value.toArray().map(copyOf) as Y.XmlElement[]);
    return copy;
  }
  if (value instanceof Y.XmlFragment) {
    const copy = new Y.XmlFragment();
    copy.insert(0, value.toArray().map(copyOf) as Y.XmlElement[]);
    return copy;
  }
  if (value instanceof Y.Array) return Y.Array.from(value.toArray().map(copyOf) as string[]);
  if (value instanceof Y.Map) return withEntries(new Y.Map(), value);
  return value;
}

function withEntries(copy: Y.Map<unknown>, from: Y.Map<unknown>): Y.Map<unknown> {
  for (const [key, inner] of Object.entries(attributesOf(from))) copy.set(key, copyOf(inner));
  return copy;
}
