import { createHash } from 'node:crypto';
import * as Y from 'yjs';

type SharedType = Y.Map<unknown> | Y.Array<unknown> | Y.Text | Y.XmlFragment;

/** The content as plain data: equal for equal contents, whatever edits they came from. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') };
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

/** Short, since a board of many versions has one for each item of each. */
export const fingerprint = (value: unknown): string => createHash('sha256').update(written(value)).digest('base64');

const written = (value: unknown): string => JSON.stringify(plain(value));

interface Piece {
  readonly insert: unknown;
  readonly attributes?: Record<string, unknown>;
}

/** Neighbours of the same format are one piece, whatever marks lie between them. */
function delta(text: Y.Text): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of text.toDelta() as Piece[]) {
    const last = pieces.at(-1);
    const isSameFormat = last && written(last.attributes ?? {}) === written(piece.attributes ?? {});
    if (isSameFormat && typeof last.insert === 'string' && typeof piece.insert === 'string') {
      pieces[pieces.length - 1] = { ...last, insert: last.insert + piece.insert };
    } else pieces.push(piece);
  }
  return pieces;
}

/** What a type holds under keys: the entries of a map, the attributes of an element or of a text. */
function attributesOf(type: SharedType): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (const [key, item] of type._map) {
    if (!item.deleted) entries.push([key, item.content.getContent()[item.length - 1]]);
  }
  return Object.fromEntries(entries);
}
