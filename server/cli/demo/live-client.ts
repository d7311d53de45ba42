import { io, type Socket } from 'socket.io-client';
import type { CommandId, QuestionId, WorkshopId } from '#domain/ids.ts';
import type { HallCalls, OwnCalls } from '#domain/workshop/calls/view.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import { composed } from '#domain/workshop/composed.ts';
import type { Parts } from '#domain/workshop/parts.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { DownEvents, HeardQuestion, QuestionsMessage, RunningPart } from '#protocol/live/down.ts';
import { toldControl, toldMine, toldRooms, toldShared } from '#protocol/live/told.ts';
import type { UpEvents } from '#protocol/live/up.ts';
import { LIVE_PATH, LIVE_PROTOCOL_VERSION } from '#protocol/live/version.ts';
import { Refused } from '#server/cli/command.ts';
import { ConfigError } from '#server/config.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { Door } from './board-client.ts';

const TRIES = 6;
const ANSWERED_WITHIN = 5_000; // ms

/** A simulated person's place on the live channel. */
export class LiveClient {
  readonly #socket: Socket<DownEvents, UpEvents>;
  #calls: OwnCalls | null = null;
  #hall: HallCalls | null = null;
  #running: RunningPart = null;
  #parts: Parts | null = null;
  readonly #questions = new Map<QuestionId, HeardQuestion>();
  #isRemoved = false;

  /** `told`: hears that what runs, where one sits or what one may do may be another. */
  constructor(door: Door, workshop: WorkshopId, told: () => void = () => undefined) {
    this.#socket = io(door.at ?? door.origin, {
      path: LIVE_PATH,
      addTrailingSlash: false,
      transports: ['websocket'],
      agent: door.device.agent as never, // typed for browsers; in Node it goes on to the socket as it is
      extraHeaders: { cookie: door.cookie, origin: door.origin },
      query: { workshop, v: String(LIVE_PROTOCOL_VERSION) },
      forceNew: true,
    });
    this.#socket.on('calls', (calls) => (this.#calls = calls));
    this.#socket.on('hall', (calls) => (this.#hall = calls));
    this.#socket.on('running', (part) => (this.#running = part));
    this.#socket.on('whole', ({ now: _, screen: __, ...parts }) => (this.#parts = parts));
    this.#socket.on('shared', (message) => (this.#parts &&= toldShared(this.#parts, message)));
    this.#socket.on('mine', (message) => (this.#parts &&= toldMine(this.#parts, message)));
    this.#socket.on('room', (message) => (this.#parts &&= toldRooms(this.#parts, message)));
    this.#socket.on('control', (message) => (this.#parts &&= toldControl(this.#parts, message)));
    this.#socket.on('questions', (message) => this.#hear(message));
    for (const event of ['whole', 'shared', 'mine', 'running'] as const) this.#socket.on(event, told);
    this.#socket.on('disconnect', (reason) => (this.#isRemoved ||= reason === 'io server disconnect'));
  }

  get view(): WorkshopView | null {
    return this.#parts && composed(this.#parts);
  }

  /** A participant's own calls, and what was sent to them. */
  get calls(): OwnCalls | null {
    return this.#calls;
  }

  /** What who runs the workshop knows of calls. */
  get hall(): HallCalls | null {
    return this.#hall;
  }

  /** What the running step has besides boards and clocks. */
  get running(): RunningPart {
    return this.#running;
  }

  /** Those that one hears in the running step. */
  get questions(): readonly HeardQuestion[] {
    return [...this.#questions.values()];
  }

  /** Somebody took this seat out of the forum. */
  get isRemoved(): boolean {
    return this.#isRemoved;
  }

  /** Sent again under the same id until it is answered; rejects with the refusal, or when nobody answers. */
  async command(command: WorkshopCommand): Promise<void> {
    const message = { id: randomId() as CommandId, command };
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      const answer = await this.#socket
        .timeout(ANSWERED_WITHIN)
        .emitWithAck('command', message)
        .catch(() => null);
      if (answer && 'refused' in answer) throw new Refused(answer.refused);
      if (answer) return;
    }
    throw new ConfigError('the live channel of the server does not answer any more');
  }

  /** True when it was done, false when it was refused: others, or whoever watches the demo, may have been quicker. */
  async ask(command: WorkshopCommand): Promise<boolean> {
    try {
      await this.command(command);
      return true;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
  }

  #hear({ isWhole, put, gone }: QuestionsMessage): void {
    if (isWhole) this.#questions.clear();
    for (const one of put) this.#questions.set(one.id, one);
    for (const id of gone) this.#questions.delete(id);
  }

  disconnect(): void {
    this.#socket.disconnect();
  }
  connect(): void {
    this.#socket.connect();
  }

  close(): void {
    this.#socket.disconnect();
  }
}
