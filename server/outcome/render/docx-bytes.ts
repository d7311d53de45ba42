import { Packer, type Document } from 'docx';
import { dayOf } from './day.ts';
import { escapeHtml } from './markup.ts';

export interface DocxProperties {
  readonly title: string;
  readonly subject: string;
  readonly creator: string;
  /** ISO day of the document, not of its making. */
  readonly day: string;
}

/** The file of what `make` builds: the same document gives the same bytes on every machine and on every day. */
export async function docxBytes(make: () => Document, properties: DocxProperties): Promise<Uint8Array<ArrayBuffer>> {
  // `docx` builds and packs before it first waits, so nothing else draws from this row of numbers.
  const packed = withOwnRandom(() =>
    Packer.toArrayBuffer(make(), undefined, [{ path: 'docProps/core.xml', data: coreProperties(properties) }]),
  );
  const bytes = new Uint8Array(await packed);
  resetTimes(bytes);
  return bytes;
}

/** Ids of links and keys of fonts come from `Math.random`, which is lent a row of numbers of its own meanwhile. */
function withOwnRandom<T>(work: () => T): T {
  const { random } = Math;
  let state = 1;
  Math.random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // Numerical Recipes' linear congruence
    return state / 2 ** 32;
  };
  try {
    return work();
  } finally {
    Math.random = random;
  }
}

const coreProperties = ({ title, subject, creator, day }: DocxProperties): string => {
  const time = `${dayOf(day) ? day.slice(0, 10) : '1980-01-01'}T00:00:00Z`;
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" ' +
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    `<dc:title>${escapeHtml(title)}</dc:title><dc:subject>${escapeHtml(subject)}</dc:subject>` +
    `<dc:creator>${escapeHtml(creator)}</dc:creator><cp:lastModifiedBy>Dastarkhan</cp:lastModifiedBy>` +
    `<dcterms:created xsi:type="dcterms:W3CDTF">${time}</dcterms:created>` +
    `<dcterms:modified xsi:type="dcterms:W3CDTF">${time}</dcterms:modified></cp:coreProperties>`
  );
};

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const FIRST_DAY = 0x0021; // 1 January 1980, the first that a zip file knows

/** Every entry of a zip file says when it was packed: once in front of it, once in the list at the end. */
function resetTimes(bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (end > 0 && view.getUint32(end, true) !== END) end -= 1;
  let at = view.getUint32(end + 16, true);
  while (view.getUint32(at, true) === CENTRAL) {
    const local = view.getUint32(at + 42, true);
    if (view.getUint32(local, true) === LOCAL) setTime(view, local + 10);
    setTime(view, at + 12);
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function setTime(view: DataView, at: number): void {
  view.setUint16(at, 0, true);
  view.setUint16(at + 2, FIRST_DAY, true);
}
