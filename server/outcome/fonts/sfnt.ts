import { inflateSync } from 'node:zlib';

/** A font file as its tables, by tag. */
type Tables = Map<string, Buffer>;

const HEADER = 12;
const ENTRY = 16;
const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;

/** Reads TrueType, OpenType and WOFF 1 (the same tables, each deflated). */
export function tablesOf(file: Buffer): Tables {
  const isWoff = file.toString('latin1', 0, 4) === 'wOFF';
  const count = file.readUInt16BE(isWoff ? 12 : 4);
  const tables: Tables = new Map();
  for (let index = 0; index < count; index += 1) {
    const at = isWoff ? WOFF_HEADER + index * WOFF_ENTRY : HEADER + index * ENTRY;
    const tag = file.toString('latin1', at, at + 4);
    const start = file.readUInt32BE(at + (isWoff ? 4 : 8));
    const stored = file.readUInt32BE(at + (isWoff ? 8 : 12));
    const content = file.subarray(start, start + stored);
    tables.set(tag, isWoff && stored < file.readUInt32BE(at + 12) ? inflateSync(content) : content);
  }
  return tables;
}

/** The font under another family's name, so that a font of the same name on the machine is another font. */
export function renamed(file: Buffer, family: string): Buffer {
  const tables = tablesOf(file);
  const names = tables.get('name');
  const postScript = names ? nameIn(names, POST_SCRIPT) : undefined;
  tables.set('name', nameTable(family, postScript ?? family.replaceAll(' ', '')));
  return joined(tables);
}

const FAMILY = 1;
const POST_SCRIPT = 6;
const WINDOWS = 3;

function nameTable(family: string, postScript: string): Buffer {
  const names = [
    [FAMILY, family],
    [POST_SCRIPT, postScript],
  ] as const;
  const texts = names.map(([, text]) => Buffer.from(text, 'utf16le').swap16());
  const head = Buffer.alloc(6 + names.length * 12);
  head.writeUInt16BE(names.length, 2);
  head.writeUInt16BE(head.length, 4);
  let offset = 0;
  for (const [index, [id]] of names.entries()) {
    const length = texts[index]?.length ?? 0;
    // Windows, Unicode, English (United States): what every reader looks for.
    for (const [field, value] of [WINDOWS, 1, 0x409, id, length, offset].entries()) {
      head.writeUInt16BE(value, 6 + index * 12 + field * 2);
    }
    offset += length;
  }
  return Buffer.concat([head, ...texts]);
}

function nameIn(table: Buffer, wanted: number): string | undefined {
  const texts = table.readUInt16BE(4);
  for (let index = 0; index < table.readUInt16BE(2); index += 1) {
    const at = 6 + index * 12;
    if (table.readUInt16BE(at) !== WINDOWS || table.readUInt16BE(at + 6) !== wanted) continue;
    const start = texts + table.readUInt16BE(at + 10);
    return Buffer.from(table.subarray(start, start + table.readUInt16BE(at + 8)))
      .swap16()
      .toString('utf16le');
  }
  return undefined;
}

/** Checksums stay zero: they are for the tape drives of 1991, and no reader of today asks for them. */
function joined(tables: Tables): Buffer {
  const head = Buffer.alloc(HEADER + tables.size * ENTRY);
  head.write(tables.has('CFF ') ? 'OTTO' : '\0\u0001\0\0', 0, 'latin1');
  head.writeUInt16BE(tables.size, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (const [index, [tag, content]] of [...tables].sort(([a], [b]) => (a < b ? -1 : 1)).entries()) {
    const at = HEADER + index * ENTRY;
    head.write(tag, at, 'latin1');
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(content.length, at + 12);
    const padding = Buffer.alloc((4 - (content.length % 4)) % 4);
    parts.push(content, padding);
    offset += content.length + padding.length;
  }
  return Buffer.concat(parts);
}
