import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { Forum } from '#domain/forum/forum.ts';
import type { WorkshopId } from '#domain/ids.ts';
import { stepIdAt } from '#domain/script/step.ts';
import { readBoard } from '#protocol/board/read.ts';
import { member } from './cast.ts';
import { doorOf, facilitatorAt } from './facilitator.ts';
import { join, type SeatAtRoom } from './join.ts';
import type { LiveClient } from './live-client.ts';
import type { DemoOptions } from './options.ts';
import { Progress } from './progress.ts';
import { Random } from './random.ts';
import { SimulatedPerson } from './simulated-person.ts';
import { Ideas, Tables } from './table.ts';
import { waitUntil } from './wait-until.ts';

const WRITE = stepIdAt(1);
const CLOSE = stepIdAt(2);
const PATIENCE = 30_000; // ms for what takes well under a second when all is well
const BETWEEN_ARRIVALS = 300; // ms at most

export interface SessionOptions {
  readonly options: DemoOptions;
  readonly forum: Forum;
  readonly workshop: WorkshopId;
  readonly origin: string;
  /** The facilitator's seat token. */
  readonly token: string;
  /** Filled as they come; the caller closes them, also when this rejects. */
  readonly people: SimulatedPerson[];
}

/** From the first person at the door to the last acknowledgement; then the step "close" starts. Connections stay open. */
export async function session(given: SessionOptions): Promise<void> {
  const { options, forum, workshop, origin, token, people } = given;
  process.setMaxListeners(options.people + 20); // y-websocket listens once a client for the end of the process
  const random = new Random(options.seed);
  const ideas = new Ideas(random);
  const tables = new Tables();
  const duration = options.minutes * 60_000;
  const until = Date.now() + duration;
  const over = AbortSignal.timeout(duration);
  setMaxListeners(0, over); // everybody's
  const progress = new Progress(until, () => standing(people));
  const pace = Math.min(BETWEEN_ARRIVALS, (duration * 0.15) / options.people);
  const parts: Promise<void>[] = [];
  let host: LiveClient | null = null;
  try {
    for (let index = 0; index < options.people; index += 1) {
      const about = member(index);
      const at = await join(origin, forum, about);
      host ??= await startWriting(at, token, workshop);
      const own = new Random(options.seed + 7_919 * (index + 1));
      const person = new SimulatedPerson(at, { member: about, workshop, random: own, tables, ideas });
      people.push(person);
      parts.push(person.takePart(until - Date.now(), over));
      await wait(pace);
    }
    await Promise.all(parts);
    await waitUntil(() => people.every(settled), PATIENCE);
    progress.stop();
    if (host?.view?.closed === false) await host.command({ kind: 'startStep', step: CLOSE });
  } finally {
    host?.close();
    progress.stop();
  }
}

async function startWriting(at: SeatAtRoom, token: string, workshop: WorkshopId): Promise<LiveClient> {
  const host = await facilitatorAt(doorOf(at, token), workshop);
  await host.command({ kind: 'startStep', step: WRITE });
  return host;
}

/** Sits at the board of the room it belongs to, with everything of it stored; or has gone, or been sent away. */
export function settled(person: SimulatedPerson): boolean {
  person.follow();
  return person.isQuiet;
}

export function standing(people: readonly SimulatedPerson[]) {
  const aBoardEach = new Map(people.flatMap((one) => (one.hasLeft ? [] : [[one.document, one.board.doc] as const])));
  return {
    joined: people.length,
    ideas: [...aBoardEach.values()].reduce((sum, doc) => sum + countIdeas(readBoard(doc)), 0),
    edits: people.reduce((sum, { edits }) => sum + edits, 0),
    waiting: people.reduce((sum, { board }) => sum + board.waiting, 0),
  };
}

/** Merged ones too: nothing that was said is lost. */
export function countIdeas({ themes, loose }: ReturnType<typeof readBoard>): number {
  const items = [...loose, ...themes.flatMap((theme) => theme.items)];
  return items.reduce((sum, item) => sum + 1 + item.merged.length, 0);
}
