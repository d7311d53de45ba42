import type { QuestionId, SeatId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import { askingNow, hearsIn } from '#domain/workshop/questions/state.ts';
import { questionsIn } from '#domain/workshop/questions/view.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { HeardQuestion, QuestionsMessage } from '#protocol/live/down.ts';
import { isScreen } from './audience.ts';
import type { LiveSocket } from './live-socket.ts';

/** What was asked, as those hear it who sit together. `words`: of each, whatever its support is. */
interface Heard {
  readonly whole: QuestionsMessage;
  readonly questions: ReadonlyMap<QuestionId, HeardQuestion>;
  readonly words: ReadonlyMap<QuestionId, string>;
}

type Audience = ReturnType<typeof hearsIn> | 'heard' | 'all' | 'wall';

/**
 * Questions, told once: afterwards what is new of them, and of the rest the numbers. It is worked out once for all who hear the same
 * and were told the same before.
 */
export class ToldQuestions {
  readonly #told = new WeakMap<LiveSocket, Heard>();
  readonly #heard = new WeakMap<WorkshopState, Map<Audience, Heard>>();
  readonly #changes = new WeakMap<Heard, WeakMap<Heard, QuestionsMessage | null>>();

  /** What is to be told to a socket; it counts as told. */
  news(socket: LiveSocket, state: WorkshopState, nameOf: (seat: SeatId) => string | null): QuestionsMessage | null {
    const audience = audienceOf(state, socket);
    if (audience === undefined) {
      this.#told.delete(socket);
      return null;
    }
    const now = this.#now(state, audience, nameOf);
    const before = this.#told.get(socket);
    this.#told.set(socket, now);
    return before ? this.#change(before, now) : now.whole;
  }

  /** Names are others. */
  forget(state: WorkshopState): void {
    this.#heard.delete(state);
  }

  #now(state: WorkshopState, audience: Audience, nameOf: (seat: SeatId) => string | null): Heard {
    const heard = this.#heard.get(state) ?? new Map<Audience, Heard>();
    this.#heard.set(state, heard);
    const known = heard.get(audience);
    if (known) return known;
    const made = questionsIn(state, audience ?? null).map(({ seat, ...one }): HeardQuestion => ({
      ...one,
      name: seat && nameOf(seat),
    }));
    const now: Heard = {
      whole: { isWhole: true, put: made, support: [], gone: [] },
      questions: new Map(made.map((one) => [one.id, one])),
      words: new Map(made.map(({ support: _, ...words }) => [words.id, JSON.stringify(words)])),
    };
    heard.set(audience, now);
    return now;
  }

  #change(before: Heard, now: Heard): QuestionsMessage | null {
    const known = this.#changes.get(before) ?? new WeakMap<Heard, QuestionsMessage | null>();
    this.#changes.set(before, known);
    if (!known.has(now)) known.set(now, change(before, now));
    return known.get(now) ?? null;
  }
}

function audienceOf(state: WorkshopState, socket: LiveSocket): Audience {
  const { data } = socket;
  const asking = askingNow(state);
  if (!asking) return undefined;
  if (isScreen(socket)) return 'wall';
  if (data.actor.role === 'participant') return hearsIn(state, asking, data.actor.seatId);
  return leads(data.actor) ? 'all' : 'heard';
}

function change(before: Heard, now: Heard): QuestionsMessage | null {
  const put: HeardQuestion[] = [];
  const support: (readonly [QuestionId, number])[] = [];
  for (const [id, one] of now.questions) {
    if (before.words.get(id) !== now.words.get(id)) put.push(one);
    else if (before.questions.get(id)?.support !== one.support) support.push([id, one.support]);
  }
  const gone = [...before.questions.keys()].filter((id) => !now.questions.has(id));
  return put.length + support.length + gone.length === 0 ? null : { isWhole: false, put, support, gone };
}
