import { tablesOf } from './sfnt.ts';

/** The code points that a font has signs for, read from its `cmap` table (OpenType 1.9, formats 4 and 12). */
export class Coverage {
  readonly #bits = new Uint32Array(0x110000 / 32);

  constructor(font: Buffer) {
    const cmap = tablesOf(font).get('cmap');
    if (!cmap) return;
    for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
      const table = cmap.subarray(cmap.readUInt32BE(8 + index * 8));
      const format = table.readUInt16BE(0);
      if (format === 12) this.#readGroups(table);
      else if (format === 4) this.#readSegments(table);
    }
  }

  has(point: number): boolean {
    return (((this.#bits[point >>> 5] ?? 0) >>> (point & 31)) & 1) === 1;
  }

  #add(point: number): void {
    this.#bits[point >>> 5]! |= 1 << (point & 31);
  }

  #readGroups(table: Buffer): void {
    for (let index = 0; index < table.readUInt32BE(12); index += 1) {
      const at = 16 + index * 12;
      const [first, last] = [table.readUInt32BE(at), table.readUInt32BE(at + 4)];
      // The first sign is `.notdef`: a group may begin with it.
      for (let point = first; point <= last; point += 1) {
        if (table.readUInt32BE(at + 8) + point - first > 0) this.#add(point);
      }
    }
  }

  #readSegments(table: Buffer): void {
    const size = table.readUInt16BE(6);
    const field = (index: number, part: number) => 14 + index * 2 + part * size + (part > 0 ? 2 : 0);
    for (let index = 0; index < size / 2; index += 1) {
      const last = table.readUInt16BE(field(index, 0));
      const first = table.readUInt16BE(field(index, 1));
      const delta = table.readUInt16BE(field(index, 2));
      const range = table.readUInt16BE(field(index, 3));
      for (let point = first; point <= last && point < 0xffff; point += 1) {
        const at = field(index, 3) + range + (point - first) * 2;
        const listed = range === 0 ? point : at + 2 <= table.length ? table.readUInt16BE(at) : 0;
        if (range === 0 ? ((point + delta) & 0xffff) !== 0 : listed !== 0) this.#add(point);
      }
    }
  }
}
