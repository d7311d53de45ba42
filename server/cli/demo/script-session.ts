import { scriptFromLibrary } from '#server/script/given-script.ts';
import { member } from './cast.ts';
import { doorOf, facilitatorAt } from './facilitator.ts';
import { join, type SeatAtRoom } from './join.ts';
import { Leading } from './leading.ts';
import { Progress } from './progress.ts';
import { Scene } from './scene.ts';
import { standing, type SessionOptions } from './session.ts';
import { waitUntil } from './wait-until.ts';

const PATIENCE = 30_000; // ms for what takes well under a second when all is well

interface ScriptSession extends SessionOptions {
  readonly script: string;
  readonly say: (line: string) => void;
}

export interface Played {
  /** What the facilitator's device was sent, in bytes. */
  readonly received: number;
  /** When the last step was left. */
  readonly until: number;
}

/** From the first person at the door to the last step of the script; connections stay open. */
export async function scriptSession(given: ScriptSession): Promise<Played> {
  const { options, forum, workshop, origin, people, say, script } = given;
  let leading: Leading | null = null;
  const scene = new Scene({
    count: options.people,
    seed: options.seed,
    speed: options.speed,
    script: scriptFromLibrary(script)?.steps ?? [],
    workshop,
    people,
    memberAt: member,
    seat: (about) => join(origin, forum, about),
    lead: async (_first, at) => (leading = await takeLead(given, at)),
    tell: ({ step }) => say(`${step.index + 1}  ${step.id}`),
  });
  const progress = new Progress(Date.now() + scene.length, () => standing(people));
  try {
    await scene.arrive();
    await scene.run();
    const { received = 0 } = leading ?? {};
    return { received, until: Date.now() };
  } finally {
    scene.close();
    progress.stop();
  }
}

/** The facilitator sits down, and chooses the script before anything has begun. */
async function takeLead({ options, forum, workshop, token, script }: ScriptSession, at: SeatAtRoom): Promise<Leading> {
  const door = doorOf(at, token);
  const live = await facilitatorAt(door, workshop);
  const path = `/api/forums/${forum.slug}/workshops/${workshop}`;
  await live.command({ kind: 'chooseScript', script });
  await waitUntil(() => live.view?.planning?.script?.id === script, PATIENCE);
  return new Leading(live, door, { path, speed: options.speed });
}
