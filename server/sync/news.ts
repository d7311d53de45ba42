import * as Y from 'yjs';
import { inOrder } from '#protocol/update/in-order.ts';
import { scanUpdate, type DeleteRange, type ScannedUpdate, type Section } from '#protocol/update/scan.ts';
import { UpdateWriter } from '#protocol/update/write.ts';

/** What is known already, rows that are on their way to the disk included. */
export interface Known {
  clock(client: number): number;
  isDeleted(client: number, clock: number, length: number): boolean;
}

/**
 * The part of an update that is new: nothing that is known is stored twice, so that rows of a log follow each other exactly. `gap`:
 * it builds on what is not known; it would lie in every document as pending, and its sender is asked for the rest instead.
 */
export function newsOf(update: ScannedUpdate, known: Known): ScannedUpdate | 'nothing' | 'gap' {
  if (!follows(update, known)) return 'gap';
  const deletes = update.deletes.filter(({ client, clock, length }) => !known.isDeleted(client, clock, length));
  const sections = update.sections.filter(({ client, end }) => end > known.clock(client));
  if (sections.length === 0 && deletes.length === 0) return 'nothing';
  const isAllNew =
    deletes.length === update.deletes.length &&
    sections.length === update.sections.length &&
    sections.every(({ client, clock }) => clock === known.clock(client));
  return isAllNew ? update : trimmed(update, sections, deletes, known);
}

/** Whether it brings anything at all. */
export function isKnown(update: ScannedUpdate, known: Known): boolean {
  return (
    update.sections.every(({ client, end }) => end <= known.clock(client)) &&
    update.deletes.every(({ client, clock, length }) => known.isDeleted(client, clock, length))
  );
}

/** Clients under whose ids it adds structs. */
export function writersOf(update: ScannedUpdate): number[] {
  return update.sections.map(({ client }) => client);
}

function follows(update: ScannedUpdate, known: Known): boolean {
  const clock = (client: number) => known.clock(client);
  if (!inOrder(update, clock)) return false;
  const ends = new Map(update.sections.map(({ client, end }) => [client, end]));
  return update.deletes.every(
    ({ client, clock: from, length }) => from + length <= Math.max(known.clock(client), ends.get(client) ?? 0),
  );
}

function trimmed(
  { bytes }: ScannedUpdate,
  sections: readonly Section[],
  deletes: readonly DeleteRange[],
  known: Known,
): ScannedUpdate | 'gap' {
  const writer = new UpdateWriter();
  for (const section of sections) {
    const first = section.structs.findIndex(({ clock }) => clock >= known.clock(section.client));
    const isCut = section.structs[first]?.clock !== known.clock(section.client);
    // half of a struct is known: only Yjs can cut its content in two
    if (isCut) return cut(bytes, known, deletes);
    writer.add(bytes, section, first);
  }
  for (const range of deletes) writer.delete(range);
  return scanUpdate(writer.toUint8Array()) ?? 'gap';
}

function cut(bytes: Uint8Array, known: Known, deletes: readonly DeleteRange[]): ScannedUpdate | 'gap' {
  const whole = scanUpdate(bytes);
  if (!whole) return 'gap';
  const clocks = new Map(whole.sections.map(({ client }) => [client, known.clock(client)]));
  const rest = scanUpdate(Y.diffUpdate(bytes, Y.encodeStateVector(clocks)));
  if (!rest) return 'gap';
  const writer = new UpdateWriter();
  for (const section of rest.sections) writer.add(rest.bytes, section);
  for (const range of deletes) writer.delete(range);
  return scanUpdate(writer.toUint8Array()) ?? 'gap';
}
