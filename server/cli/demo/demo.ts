import { mkdirSync, writeFileSync } from 'node:fs';
import { join as path } from 'node:path';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { SeatId } from '#domain/ids.ts';
import type { Guest } from '#domain/seating/guest.ts';
import { documentName, refOf } from '#protocol/document-name.ts';
import { readBoard } from '#protocol/board/read.ts';
import { refusalLine } from '#server/cli/refusal-line.ts';
import { note, printJson, printLine, Refused } from '#server/cli/command.ts';
import { ConfigError, type Config } from '#server/config.ts';
import { Forums } from '#server/forum/forums.ts';
import { ExportRefused } from '#server/outcome/making/exports.ts';
import { Documents } from '#server/documents/documents.ts';
import { fromStorage } from '#server/documents/from-storage.ts';
import { Outcomes } from '#server/outcome/outcomes.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import { loadDocument } from '#server/storage/load-document.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import type { Member } from './cast.ts';
import { converge } from './convergence.ts';
import { courseOf } from './course.ts';
import { seatFacilitator } from './facilitator.ts';
import { demoForum } from './forum.ts';
import { readOptions, type DemoOptions } from './options.ts';
import { serverFor, type ServerInUse } from './server-process.ts';
import { countIdeas, session, type SessionOptions } from './session.ts';
import type { SimulatedPerson } from './simulated-person.ts';
import { scriptSession } from './script-session.ts';
import { printScriptSummary, spread, type ScriptSummary } from './script-summary.ts';
import { printSummary, type Summary } from './summary.ts';
import { ownUsage, usageOf } from './usage.ts';

const FORMATS = ['pdf', 'docx', 'html', 'md', 'wordpress', 'json'] as const;

/**
 * Makes a forum, lets simulated people carry a workshop through it over the real wire, writes its outcome and compares every
 * client with what the server stored. 0: all are equal.
 */
export async function demo(args: string[], config: Config): Promise<number> {
  const options = readOptions(args);
  const say = options.json ? note : printLine;
  const storage = await openStorage(config);
  try {
    const forum = await makeForum(storage, options);
    const server = await serverFor(config, forum, options.origin);
    try {
      const scene = { options, config, storage, forum, server, say };
      const summary = await (options.script === null ? writeTogether(scene) : playScript(scene, options.script));
      return summary.converged ? 0 : 1;
    } finally {
      await server.stop();
    }
  } finally {
    await storage.close();
  }
}

async function makeForum(storage: Storage, { rooms }: DemoOptions): Promise<Forum> {
  const today = new Date().toISOString().slice(0, 10);
  const made = await new Forums(storage, Date.now).create(null, demoForum(rooms, today));
  if (!made.ok) throw new Refused(made.refusal);
  return made.value;
}

interface Scene {
  readonly options: DemoOptions;
  readonly config: Config;
  readonly storage: Storage;
  readonly forum: Forum;
  readonly server: ServerInUse;
  readonly say: (line: string) => void;
}

async function writeTogether(scene: Scene): Promise<Summary> {
  const { found } = await played(scene, session);
  const { home, people, rooms, usage, converged, files } = found;
  const summary = {
    forum: home,
    people: people.length,
    rooms,
    edits: people.reduce((sum, { edits }) => sum + edits, 0),
    refused: people.reduce((sum, { refused }) => sum + refused, 0),
    converged,
    server: usage && { cpuSeconds: usage.cpuSeconds, maxMegabytes: usage.maxMegabytes },
    clients: ownUsage(),
    files,
  };
  if (scene.options.json) printJson(summary);
  else printSummary(summary);
  return summary;
}

async function playScript(scene: Scene, script: string): Promise<ScriptSummary> {
  const { options, storage, forum, say } = scene;
  const { result, found } = await played(scene, (given) => scriptSession({ ...given, script, say }));
  const { people, rooms, usage, converged, files } = found;
  const events = await storage.events.read(workshopOf(forum).id, 0);
  const guests = new Map(people.map(({ seat, member }) => [seat, guestFrom(seat, member)]));
  const bytes = people.map(({ received }) => received);
  const summary = {
    script,
    people: people.length,
    rooms: rooms.length,
    ...courseOf(events, guests, result.until),
    ideas: rooms.reduce((sum, { ideas }) => sum + ideas, 0) + (await ideasInGroups(storage, workshopOf(forum).id)),
    bytesPerSeat: spread(bytes),
    bytesTotal: bytes.reduce((sum, one) => sum + one, result.received),
    converged,
    server: usage && { cpuMs: Math.round(usage.cpuSeconds * 1000), rssMb: Math.round(usage.megabytesNow) },
    files,
  };
  if (options.json) printJson(summary);
  else printScriptSummary(summary);
  return summary;
}

/** What pairs and groups wrote at their own boards. */
async function ideasInGroups({ documents }: Storage, workshop: WorkshopPlan['id']): Promise<number> {
  let ideas = 0;
  for (const name of await documents.names()) {
    const ref = refOf(name);
    if (ref.kind !== 'group' || ref.workshop !== workshop) continue;
    const doc = await loadDocument(documents, name);
    ideas += countIdeas(readBoard(doc));
    doc.destroy();
  }
  return ideas;
}

const guestFrom = (seat: SeatId, { country, language }: Member): Guest => ({ seat, country, languages: [language] });

/** A session from its first person at the door to the files of the outcome. */
async function played<T>(scene: Scene, session: (given: SessionOptions) => Promise<T>) {
  const { options, storage, forum, server, say } = scene;
  const plan = workshopOf(forum);
  const facilitator = await seatFacilitator(storage, forum, server.origin);
  const home = `${server.origin}/forums/${forum.slug}`;
  say(`forum        ${home}`);
  say(`take a seat  ${server.origin}/join/${forum.joinCode}`);
  say(`facilitator  ${facilitator.seatLink}   (once; then ${home}/workshops/${plan.id}/control)`);
  say(`organizer    ${facilitator.organizerLink}   (once)`);
  say(`outcome      ${home}/outcome`);

  const people: SimulatedPerson[] = [];
  const before = await usageOf(server.origin);
  try {
    const { token } = facilitator;
    const result = await session({ options, forum, workshop: plan.id, origin: server.origin, token, people });
    const now = (await storage.forums.byId(forum.id)) ?? forum; // rooms may have been opened meanwhile
    for (const person of people) if (person.isQuiet && !person.isRemoved && !person.hasLeft) person.follow(); // back from a pair or group
    const boards = await converge(boardsOf(now, people), storage.documents);
    const after = await usageOf(server.origin);
    const found = {
      home,
      people,
      rooms: boards.map(({ doc, ...room }) => ({ ...room, ideas: countIdeas(readBoard(doc)) })),
      converged: boards.every(({ clients, equal }) => clients === equal),
      usage: after && { ...after, cpuSeconds: after.cpuSeconds - (before?.cpuSeconds ?? 0) },
      files: await exportAll({ ...scene, forum: now }),
    };
    return { result, found };
  } finally {
    for (const person of people) person.close();
  }
}

function workshopOf(forum: Forum): WorkshopPlan {
  const plan = forum.agenda.find((item): item is WorkshopPlan => item.kind === 'workshop');
  if (!plan) throw new Error('the demo forum has no workshop');
  return plan;
}

function boardsOf(forum: Forum, people: readonly SimulatedPerson[]) {
  return workshopOf(forum).rooms.map(({ id, name }) => {
    const document = documentName({ kind: 'board', room: id });
    const here = people.filter((person) => person.document === document && !person.isRemoved && !person.hasLeft);
    return { room: name, document, clients: here.map(({ board }) => board) };
  });
}

async function exportAll({ options, config, storage, forum }: Scene): Promise<string[]> {
  const documents = new Documents(fromStorage(storage.documents));
  const outcomes = new Outcomes(storage, documents);
  const folder = options.out ?? path(config.dataDir, 'demo', forum.slug);
  const files: string[] = [];
  for (const format of FORMATS) {
    const made = await outcomes.export(forum, format).catch((error: unknown) => {
      if (!(error instanceof ExportRefused)) throw error;
      note(`dastarkhan: ${refusalLine(error.refusal)}`);
      return null;
    });
    if (!made) continue;
    const { bytes, filename } = made;
    const file = path(folder, filename);
    try {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, bytes);
    } catch (error) {
      throw new ConfigError(`${file} cannot be written: ${(error as Error).message}`);
    }
    files.push(file);
  }
  outcomes.close();
  documents.close();
  return files;
}
