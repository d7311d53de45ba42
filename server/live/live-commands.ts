import * as v from 'valibot';
import type { Actor } from '#domain/forum/seat.ts';
import type { SeatId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { commandMessageSchema, type Acknowledgement } from '#protocol/live/up.ts';
import { guarded } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import { Credits } from './credits.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Workshops } from './workshops.ts';

/** What a socket may ask: commands, each of which is answered, and the time. */
export class LiveCommands {
  readonly #workshops: Workshops;
  readonly #clock: () => number;
  readonly #credits: Credits<SeatId>;
  /** Of asking for the time: every page does, so it is not on a command's account. */
  readonly #times: Credits<SeatId>;
  /** Each of these is kept for good. */
  readonly #presses: Credits<SeatId>;
  readonly #supports: Credits<SeatId>;

  /** `credits`: of commands, by whichever way they come. */
  constructor(workshops: Workshops, clock: () => number, credits: Credits<SeatId> = new Credits(clock)) {
    this.#workshops = workshops;
    this.#clock = clock;
    this.#credits = credits;
    this.#times = new Credits(clock);
    this.#presses = new Credits(clock, { most: LIMITS.callsOfSeat.most, perSecond: 0.1 });
    this.#supports = new Credits(clock, { most: LIMITS.supportsOfSeat.most, perSecond: 0.5 });
  }

  listenTo(socket: LiveSocket): void {
    socket.on(
      'command',
      guarded('a command was not answered', (message: unknown, acknowledge: unknown) =>
        this.#command(socket, message, acknowledge),
      ),
    );
    socket.on(
      'time',
      guarded('the time was not told', (acknowledge: unknown) => this.#time(socket, acknowledge)),
    );
  }

  async #command(socket: LiveSocket, message: unknown, acknowledge: unknown): Promise<void> {
    if (typeof acknowledge !== 'function') return void socket.disconnect(true);
    acknowledge(await this.#answer(socket, message));
  }

  #time(socket: LiveSocket, acknowledge: unknown): void {
    if (typeof acknowledge !== 'function') return void socket.disconnect(true);
    if (this.#times.spend(socket.data.actor.seatId) === null) acknowledge(this.#clock());
  }

  async #answer(socket: LiveSocket, message: unknown): Promise<Acknowledgement> {
    const { actor, pass, workshop } = socket.data;
    if (pass?.isOver) return { refused: { kind: 'notAllowed' } };
    const seconds = this.#credits.spend(actor.seatId);
    if (seconds !== null) return { refused: { kind: 'tooManyTries', seconds } };
    const parsed = v.safeParse(commandMessageSchema, message);
    if (!parsed.success) {
      const [issue] = parsed.issues;
      return { refused: { kind: 'fieldInvalid', field: v.getDotPath(issue) ?? 'command', reason: issue.type } };
    }
    try {
      const { command, id, until } = parsed.output;
      const patience = this.#accountOf(command, actor)?.spend(actor.seatId) ?? null;
      if (patience !== null) return { refused: { kind: 'tooManyTries', seconds: patience } };
      const result = await this.#workshops.command(workshop, actor, command, id, null, until);
      return result.ok ? { ok: true, version: result.value.version } : { refused: result.refusal };
    } catch (error) {
      report(`a command in workshop ${workshop} was not stored`, error);
      return { refused: { kind: 'notStored' } };
    }
  }

  #accountOf({ kind }: WorkshopCommand, { role }: Actor): Credits<SeatId> | null {
    if (role !== 'participant') return null;
    if (kind === 'supportQuestion' || kind === 'unsupportQuestion') return this.#supports;
    return PRESSES.has(kind) ? this.#presses : null;
  }
}

/** What a participant may press again and again. */
const PRESSES = new Set<WorkshopCommand['kind']>([
  'chooseRoom',
  'callHelp',
  'callOffHelp',
  'tellPace',
  'askToSpeak',
  'takeBackAsking',
  'passOn',
  'nextReport',
  'askQuestion',
  'takeBackQuestion',
]);
