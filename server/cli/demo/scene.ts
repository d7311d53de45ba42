import { setMaxListeners } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { WorkshopId } from '#domain/ids.ts';
import { allows } from '#domain/script/allows.ts';
import { minutesOf, takesPlace, type Script } from '#domain/script/step.ts';
import type { Pace } from '#domain/workshop/calls/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { attendances, type Attendance } from './attendance.ts';
import type { Member } from './cast.ts';
import type { SeatAtRoom } from './join.ts';
import type { Lead } from './lead.ts';
import { Random } from './random.ts';
import { settled } from './session.ts';
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

/** What a scene is played with. */
export interface Play {
  /** How many come. */
  readonly count: number;
  readonly seed: number;
  /** How many times as fast as planned the steps go. */
  readonly speed: number;
  readonly script: Script;
  readonly workshop: WorkshopId;
  /** Filled as they come; the caller closes them, also when something rejects. */
  readonly people: SimulatedPerson[];
  readonly memberAt: (index: number) => Member;
  readonly seat: (member: Member, index: number) => Promise<SeatAtRoom>;
  /** Asked once, when the first has a seat. */
  readonly lead: (first: SimulatedPerson, at: SeatAtRoom) => Promise<Lead>;
  /** Hears of each step that is taken part in. */
  readonly tell?: (view: WorkshopView) => void;
}

/** A step as it is taken part in. `left`: it is over, and what was not done in it is not done any more. */
interface Attending {
  readonly ms: number;
  readonly number: number;
  readonly isLast: boolean;
  readonly left: AbortSignal;
}

/** People who come to a workshop and take part in its steps, whoever turns those. */
export class Scene {
  readonly #play: Play;
  readonly #steps: Script;
  readonly #attendances: readonly Attendance[];
  readonly #random: Random;
  readonly #ideas: Ideas;
  readonly #tables = new Tables();
  readonly #over = new AbortController();
  readonly #writing: Promise<void>[] = [];
  #lead: Lead | null = null;

  constructor(play: Play) {
    this.#play = play;
    this.#steps = play.script.filter(takesPlace);
    this.#attendances = attendances(play.count, play.seed);
    this.#random = new Random(play.seed);
    this.#ideas = new Ideas(this.#random);
    setMaxListeners(0, this.#over.signal); // everybody's
    process.setMaxListeners(play.count + 20); // y-websocket listens once a client for the end of the process
  }

  /** Milliseconds that all of it takes, about. */
  get length(): number {
    return this.#ms(ARRIVALS + minutesOf(this.#steps));
  }

  /** Everybody who comes on time; then they are mixed, before they have worked together. */
  async arrive(): Promise<void> {
    const { people, count } = this.#play;
    const pace = Math.min(BETWEEN_ARRIVALS, this.#ms(ARRIVALS) / count);
    for (const [index, { isLate }] of this.#attendances.entries()) if (!isLate) await this.#seat(index, pace);
    await waitUntil(() => people.every(({ view }) => view?.me.room), PATIENCE);
    await this.#leading.mixRooms();
    await waitUntil(() => people.every(settled), PATIENCE);
  }

  /** To the end of the script, or until the lead turns no more. */
  async run(): Promise<void> {
    const { people, tell } = this.#play;
    const lead = this.#leading;
    let late: Promise<void> | null = null;
    const lastTimed = this.#steps.findLastIndex(({ kind, minutes }) => minutes !== null && kind !== 'close');
    for (let number = 0; ; number += 1) {
      tell?.(lead.view);
      if (number === 1) late = this.#seatLate();
      const ms = this.#ms(minutesOfStep(lead.view));
      const left = new AbortController();
      setMaxListeners(0, left.signal); // everybody's
      const doings = people.map((person, index) =>
        this.#attend(person, index, { ms, number, isLast: number === lastTimed, left: left.signal }),
      );
      await lead.lookAfter(ms);
      left.abort();
      await Promise.all(doings);
      if (number > 0) await late;
      if (!(await lead.turn(() => people.every(settled)))) break;
      await waitUntil(() => people.every((one) => isTold(one, lead.view)), PATIENCE);
    }
    this.#over.abort();
    await Promise.all(this.#writing);
    await waitUntil(() => people.every(settled), PATIENCE);
  }

  close(): void {
    this.#over.abort();
    this.#lead?.close();
  }

  get #leading(): Lead {
    if (!this.#lead) throw new Error('nobody runs the workshop yet');
    return this.#lead;
  }

  async #seatLate(): Promise<void> {
    const { count } = this.#play;
    for (const [index, { isLate }] of this.#attendances.entries()) {
      if (isLate) await this.#seat(index, this.#ms(1) / count);
    }
  }

  async #seat(index: number, pace: number): Promise<void> {
    const { count, seed, speed, workshop, people, memberAt } = this.#play;
    const member = memberAt(index);
    const at = await this.#play.seat(member, index);
    const person = new SimulatedPerson(at, {
      member,
      workshop,
      random: new Random(seed + 7_919 * (index + 1)),
      tables: this.#tables,
      ideas: this.#ideas,
      slowness: Math.min(1, USUAL_SPEED / speed) * Math.max(1, count / CROWD),
    });
    people.push(person);
    this.#lead ??= await this.#play.lead(person, at);
    const span = this.#ms(minutesOf(this.#steps.filter((step) => allows(step).board === 'write')));
    this.#writing.push(person.takePart(span, this.#over.signal));
    await wait(pace);
  }

  /** What one of them does in the step that runs, beside writing. */
  async #attend(person: SimulatedPerson, index: number, { ms, number, isLast, left }: Attending): Promise<void> {
    const attendance = this.#attendances[index];
    const { step } = this.#leading.view;
    if (!attendance) return;
    const { help, pace, losesNetworkAt, goesAt } = attendance;
    const writes = step.board === 'write';
    const deeds: Promise<void>[] = [];
    const at = async (share: number, deed: () => Promise<unknown>) => {
      await wait(ms * share, undefined, { signal: left }).catch(() => undefined);
      if (!left.aborted && !this.#leading.isOver(step.began)) await deed();
    };
    if (help?.step === number % 3 && number > 0) {
      deeds.push(at(help.at, () => person.ask({ kind: 'callHelp' })));
      if (help.isTakenBack) deeds.push(at(help.at + 0.1, () => callOff(person)));
    }
    if (pace && writes) {
      deeds.push(at(pace.at, () => tellPace(person, pace.told, { began: step.began, left })));
    }
    if (losesNetworkAt !== null && writes) {
      deeds.push(at(losesNetworkAt, () => person.loseNetwork(Math.min(OFFLINE, ms / 3))));
    }
    if (goesAt !== null && isLast) deeds.push(at(goesAt, () => person.leave()));
    for (const share of [0.5, 0.95]) deeds.push(at(share, () => readMessages(person)));
    await Promise.all(deeds);
  }

  #ms(minutes: number): number {
    return (minutes * 60_000) / this.#play.speed;
  }
}

const minutesOfStep = ({ script, step }: WorkshopView): number =>
  script.find(({ id }) => id === step.id)?.minutes ?? WITHOUT_LIMIT;

const isTold = (person: SimulatedPerson, { step }: WorkshopView): boolean =>
  person.isRemoved || person.hasLeft || person.view?.step.began === step.began;

/** Nobody is done with what they have not begun. */
async function tellPace(
  person: SimulatedPerson,
  pace: Pace,
  { began, left }: { readonly began: number; readonly left: AbortSignal },
): Promise<void> {
  if (pace === 'done') await waitUntil(() => person.hasWritten || left.aborted, PATIENCE);
  if (pace === 'done' && !person.hasWritten) return;
  await person.ask({ kind: 'tellPace', pace, began });
}

async function callOff(person: SimulatedPerson): Promise<void> {
  const help = person.calls?.help;
  if (help?.isMine) await person.ask({ kind: 'callOffHelp', call: help.call });
}

async function readMessages(person: SimulatedPerson): Promise<void> {
  for (const { id } of person.calls?.broadcasts ?? []) await person.ask({ kind: 'readBroadcast', id });
}
