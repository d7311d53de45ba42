import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { allows } from '#domain/script/allows.ts';
import { minutesOf, takesPlace, type Script } from '#domain/script/step.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { scriptFromLibrary } from '#server/script/given-script.ts';
import { attendances, type Attendance } from './attendance.ts';
import { member } from './cast.ts';
import { doorOf, facilitatorAt } from './facilitator.ts';
import { join, type SeatAtRoom } from './join.ts';
import { Leading } from './leading.ts';
import { Progress } from './progress.ts';
import { Random } from './random.ts';
import { settled, standing, type SessionOptions } from './session.ts';
import { SimulatedPerson } from './simulated-person.ts';
import { Ideas, Tables } from './table.ts';
import { waitUntil } from './wait-until.ts';

const PATIENCE = 30_000; // ms for what takes well under a second when all is well
const BETWEEN_ARRIVALS = 300; // ms at most
const ARRIVALS = 4; // minutes of the workshop, for all of them
const WITHOUT_LIMIT = 1; // minutes that a step without a length is given once everybody is there
const OFFLINE = 2_500; // ms at most, so that all is sent before the step ends
const USUAL_SPEED = 30; // up to it people write as quickly as people do
const CROWD = 100; // people that one machine plays at their own pace

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
  process.setMaxListeners(given.options.people + 20); // y-websocket listens once a client for the end of the process
  const scene = new Scene(given);
  try {
    await scene.arrive();
    await scene.run();
    return { received: scene.leading.received, until: Date.now() };
  } finally {
    scene.close();
  }
}

class Scene {
  readonly #given: ScriptSession;
  readonly #steps: Script;
  readonly #attendances: readonly Attendance[];
  readonly #random: Random;
  readonly #ideas: Ideas;
  readonly #tables = new Tables();
  readonly #over = new AbortController();
  readonly #progress: Progress;
  readonly #writing: Promise<void>[] = [];
  #leading: Leading | null = null;

  constructor(given: ScriptSession) {
    const { options, script, people } = given;
    this.#given = given;
    this.#steps = (scriptFromLibrary(script)?.steps ?? []).filter(takesPlace);
    this.#attendances = attendances(options.people, options.seed);
    this.#random = new Random(options.seed);
    this.#ideas = new Ideas(this.#random);
    setMaxListeners(0, this.#over.signal); // everybody's
    const ms = this.#ms(ARRIVALS + minutesOf(this.#steps));
    this.#progress = new Progress(Date.now() + ms, () => standing(people));
  }

  get leading(): Leading {
    if (!this.#leading) throw new Error('nobody runs the workshop yet');
    return this.#leading;
  }

  /** Everybody who comes on time; then they are mixed, before they have worked together. */
  async arrive(): Promise<void> {
    const { options } = this.#given;
    const pace = Math.min(BETWEEN_ARRIVALS, this.#ms(ARRIVALS) / options.people);
    for (const [index, { isLate }] of this.#attendances.entries()) if (!isLate) await this.#seat(index, pace);
    await waitUntil(() => this.#given.people.every(({ view }) => view?.me.room), PATIENCE);
    await this.leading.mixRooms();
    await waitUntil(() => this.#given.people.every(settled), PATIENCE);
  }

  async run(): Promise<void> {
    const { people } = this.#given;
    const { leading } = this;
    let late: Promise<void> | null = null;
    const lastTimed = this.#steps.findLastIndex(({ kind, minutes }) => minutes !== null && kind !== 'close');
    for (let number = 0; ; number += 1) {
      const { step } = leading.view;
      this.#tell(leading.view);
      if (number === 1) late = this.#seatLate();
      const ms = this.#ms(minutesOfStep(leading.view));
      const doings = people.map((person, index) =>
        this.#attend(person, index, { ms, number, isLast: number === lastTimed }),
      );
      await Promise.all([leading.lookAfter(ms), ...doings]);
      if (number > 0) await late;
      if (!(await leading.turn(() => people.every(settled)))) break;
      if (leading.isOver(step.began) && leading.view.closed) break;
      await waitUntil(() => people.every((one) => isTold(one, leading.view)), PATIENCE);
    }
    this.#over.abort();
    await Promise.all(this.#writing);
    await waitUntil(() => people.every(settled), PATIENCE);
  }

  close(): void {
    this.#over.abort();
    this.#leading?.close();
    this.#progress.stop();
  }

  async #seatLate(): Promise<void> {
    const { options } = this.#given;
    for (const [index, { isLate }] of this.#attendances.entries()) {
      if (isLate) await this.#seat(index, this.#ms(1) / options.people);
    }
  }

  async #seat(index: number, pace: number): Promise<void> {
    const { options, forum, workshop, origin, people } = this.#given;
    const about = member(index);
    const at = await join(origin, forum, about);
    if (!this.#leading) await this.#take(at);
    const random = new Random(options.seed + 7_919 * (index + 1));
    const slowness = Math.min(1, USUAL_SPEED / options.speed) * Math.max(1, options.people / CROWD);
    const person = new SimulatedPerson(at, {
      member: about,
      workshop,
      random,
      tables: this.#tables,
      ideas: this.#ideas,
      slowness,
    });
    people.push(person);
    const span = this.#ms(minutesOf(this.#steps.filter((step) => allows(step).board === 'write')));
    this.#writing.push(person.takePart(span, this.#over.signal));
    await wait(pace);
  }

  /** The facilitator sits down, and chooses the script before anything has begun. */
  async #take(at: SeatAtRoom): Promise<void> {
    const { options, forum, workshop, token, script } = this.#given;
    const door = doorOf(at, token);
    const live = await facilitatorAt(door, workshop);
    const path = `/api/forums/${forum.slug}/workshops/${workshop}`;
    this.#leading = new Leading(live, door, { path, speed: options.speed });
    await live.command({ kind: 'chooseScript', script });
    await waitUntil(() => live.view?.planning?.script?.id === script, PATIENCE);
  }

  /** What one of them does in the step that runs, beside writing. */
  async #attend(
    person: SimulatedPerson,
    index: number,
    { ms, number, isLast }: { readonly ms: number; readonly number: number; readonly isLast: boolean },
  ): Promise<void> {
    const attendance = this.#attendances[index];
    const { step } = this.leading.view;
    if (!attendance) return;
    const { help, pace, losesNetworkAt, goesAt } = attendance;
    const writes = step.board === 'write';
    const deeds: Promise<void>[] = [];
    const at = async (share: number, deed: () => Promise<unknown>) => {
      await wait(ms * share);
      if (!this.leading.isOver(step.began)) await deed();
    };
    if (help?.step === number % 3 && number > 0) {
      deeds.push(at(help.at, () => person.ask({ kind: 'callHelp' })));
      if (help.isTakenBack) deeds.push(at(help.at + 0.1, () => callOff(person)));
    }
    if (pace && writes) {
      deeds.push(at(pace.at, () => person.ask({ kind: 'tellPace', pace: pace.told, began: step.began })));
    }
    if (losesNetworkAt !== null && writes) {
      deeds.push(at(losesNetworkAt, () => person.loseNetwork(Math.min(OFFLINE, ms / 3))));
    }
    if (goesAt !== null && isLast) deeds.push(at(goesAt, () => person.leave()));
    for (const share of [0.5, 0.95]) deeds.push(at(share, () => readMessages(person)));
    await Promise.all(deeds);
  }

  #tell({ step }: WorkshopView): void {
    this.#given.say(`${step.index + 1}  ${step.id}`);
  }

  #ms(minutes: number): number {
    return (minutes * 60_000) / this.#given.options.speed;
  }
}

const minutesOfStep = ({ script, step }: WorkshopView): number =>
  script.find(({ id }) => id === step.id)?.minutes ?? WITHOUT_LIMIT;

const isTold = (person: SimulatedPerson, { step }: WorkshopView): boolean =>
  person.isRemoved || person.hasLeft || person.view?.step.began === step.began;

async function callOff(person: SimulatedPerson): Promise<void> {
  const help = person.calls?.help;
  if (help?.isMine) await person.ask({ kind: 'callOffHelp', call: help.call });
}

async function readMessages(person: SimulatedPerson): Promise<void> {
  for (const { id } of person.calls?.broadcasts ?? []) await person.ask({ kind: 'readBroadcast', id });
}
