import type { RoomId, StepId, WorkshopId } from '#domain/ids.ts';
import { isPlayable, type StepKind } from '#domain/script/step.ts';
import type { WorkshopEvent } from '#domain/workshop/events.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { isTimeUp, stepOf } from '#domain/workshop/time.ts';
import { documentName, isBoard, refOf, type DocumentName } from '#protocol/document-name.ts';
import type { ScannedUpdate } from '#protocol/update/scan.ts';
import { guarded } from '#server/process/boundary.ts';
import { report } from '#server/process/report.ts';
import type { Cut } from '#server/storage/cuts.ts';
import { DeletionWatch } from './deletion-watch.ts';
import type { Versions } from './versions.ts';

const EVERY = 1_000; // ms between looks at what was deleted
const MOST_WAITING = 500; // boards; a forum has fewer rooms and pairs of a step

export interface CuttingParts {
  readonly versions: Pick<Versions, 'begun' | 'cut' | 'cutBefore'>;
  readonly workshops: {
    current(id: WorkshopId): WorkshopState | null;
    onChange(listener: (workshop: WorkshopId, events: readonly WorkshopEvent[] | null) => void): () => void;
  };
  readonly sync: {
    onStored(listener: (document: DocumentName, seq: number, update: ScannedUpdate) => void): () => void;
  };
  /** Epoch milliseconds of the workshops' events. */
  readonly clock: () => number;
}

/**
 * Ends versions of rooms' and groups' boards where a step begins or its time is up, where the workshop closes, and before much is deleted. Nobody waits
 * for it: it looks at what is stored already, one board after the other, and what fails is a line in the log.
 */
export class Cutting {
  readonly #parts: CuttingParts;
  readonly #watch = new DeletionWatch();
  readonly #waiting = new Map<DocumentName, (() => Promise<void>)[]>();
  /** Boards on which something is stored, and such on which nothing was when it was asked. */
  readonly #begun = new Set<DocumentName>();
  readonly #empty = new Set<DocumentName>();
  readonly #stops: (() => void)[];
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(parts: CuttingParts) {
    this.#parts = parts;
    const { workshops, sync, clock } = parts;
    const timer = setInterval(
      guarded('deletions were not looked at', () => this.#look()),
      EVERY,
    ).unref();
    this.#stops = [
      workshops.onChange((workshop, events) => this.#changed(workshop, events)),
      sync.onStored((document, seq, update) => {
        if (!isBoard(refOf(document))) return;
        this.#begun.add(document);
        this.#watch.stored(document, seq, update, clock());
      }),
      () => clearInterval(timer),
    ];
  }

  /** Resolves when what is under way has been done. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** The same, and begins nothing any more. */
  async stop(): Promise<void> {
    for (const stop of this.#stops) stop();
    this.#isStopped = true;
    this.#waiting.clear();
    await this.#running;
  }

  #changed(workshop: WorkshopId, events: readonly WorkshopEvent[] | null): void {
    const state = this.#parts.workshops.current(workshop);
    if (!state) return;
    const { versions, clock } = this.#parts;
    const now = clock();
    const cuts = events ? cutsOf(state, events) : [];
    if (events && cuts.length === 0) return;
    const cutsIn = (room: RoomId) => (events ? cuts : timeUpIn(state, room, now));
    for (const { id } of state.rooms) {
      const document = documentName({ kind: 'board', room: id });
      const own = cutsIn(id);
      if (own.length > 0) this.#add(document, () => versions.cut(document, own));
    }
    for (const { document, room } of groupsEnding(state, events)) {
      const own = cutsIn(room);
      if (own.length > 0) this.#add(document, () => versions.cut(document, own, { unlessCut: true }));
    }
  }

  #look(): void {
    for (const deleting of this.#watch.take(this.#parts.clock()))
      this.#add(deleting.document, () => this.#parts.versions.cutBefore(deleting));
  }

  #add(document: DocumentName, work: () => Promise<void>): void {
    const waiting = this.#waiting.get(document) ?? [];
    if (waiting.length === 0 && this.#waiting.size >= MOST_WAITING) {
      report(`${document}: no version ends here`, new Error('too many boards wait for theirs'));
      return;
    }
    this.#waiting.set(document, [...waiting.slice(-3), work]); // the last ones, where a hand turns steps faster than they are cut
    this.#running ??= this.#run().finally(() => (this.#running = null));
  }

  async #run(): Promise<void> {
    await null; // until all that one event ends is gathered
    while (this.#waiting.size > 0) {
      const round = [...this.#waiting];
      this.#waiting.clear();
      const begun = await this.#begunOf(round.map(([document]) => document));
      for (const [document, works] of round) {
        if (!begun.has(document)) continue;
        for (const work of works) {
          if (this.#isStopped) return;
          await work().catch((error: unknown) => report(`${document}: no version ends here`, error));
        }
      }
    }
  }

  /**
   * A step begins in every room, also where nobody ever wrote: asked once for all, and again of none. Who cannot be asked about is
   * looked at.
   */
  async #begunOf(documents: readonly DocumentName[]): Promise<ReadonlySet<DocumentName>> {
    const unknown = documents.filter((document) => !this.#begun.has(document) && !this.#empty.has(document));
    if (unknown.length === 0) return this.#begun;
    try {
      const found = await this.#parts.versions.begun(unknown);
      for (const document of unknown) (found.has(document) ? this.#begun : this.#empty).add(document);
      return this.#begun;
    } catch (error) {
      report('which boards were begun is not known', error);
      return new Set(documents);
    }
  }
}

/** Those in which people wrote until now: in the step that runs, or that was left for it. Which one a turn that is taken back leaves is not told. */
function groupsEnding(
  state: WorkshopState,
  events: readonly WorkshopEvent[] | null,
): { document: DocumentName; room: RoomId }[] {
  const { id: workshop, groups, step: running } = state;
  if (!groups) return [];
  const hasBegun = events?.some(({ kind }) => kind === 'stepStarted') === true;
  const left = running.before ? [running.before] : [...groups.keys()].filter((step) => step !== running.id);
  return (hasBegun ? left : [running.id]).flatMap((step) =>
    [...(groups.get(step)?.values() ?? [])].map(({ number, room }) => ({
      document: documentName({ kind: 'group', workshop, step, number }),
      room,
    })),
  );
}

function kindOf(state: WorkshopState, step: StepId): StepKind | null {
  const kind = stepOf(state, step)?.kind;
  return kind && isPlayable(kind) ? kind : null;
}

/** What ends in a room by time alone, grace included. */
function timeUpIn(state: WorkshopState, room: RoomId, now: number): Cut[] {
  const kind = kindOf(state, state.step.id);
  return kind && isTimeUp(state.step, room, now) ? [{ kind: 'timeUp', step: kind }] : [];
}

function cutsOf(state: WorkshopState, events: readonly WorkshopEvent[]): Cut[] {
  return events.flatMap((event): Cut[] => {
    if (event.kind === 'workshopClosed') return [{ kind: 'closed' }];
    const kind = event.kind === 'stepStarted' && kindOf(state, event.step);
    return kind ? [{ kind: 'stepBegan', step: kind }] : [];
  });
}
