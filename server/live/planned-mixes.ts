import type { SeatId, WorkshopId } from '#domain/ids.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { PlannedMix } from '#domain/workshop/decide-mixing.ts';

const MOST = 4; // previews of each who looks: however many another one tries, theirs are there
const MOST_OF_WORKSHOP = 60; // fifteen who run it and look at once

interface Looked {
  readonly by: SeatId;
  readonly mix: PlannedMix;
}

/** The latest previews of each who looks at a workshop's rooms, so that applying one needs no more than its seed and version. */
export class PlannedMixes {
  readonly #of = new Map<WorkshopId, readonly Looked[]>();

  keep(workshop: WorkshopId, by: SeatId, mix: PlannedMix): void {
    const [own, others] = [true, false].map((isOwn) =>
      (this.#of.get(workshop) ?? []).filter((looked) => (looked.by === by) === isOwn),
    ) as [Looked[], Looked[]];
    this.#of.set(workshop, [...others, ...own.slice(1 - MOST), { by, mix }].slice(-MOST_OF_WORKSHOP));
  }

  forget(workshop: WorkshopId): void {
    this.#of.delete(workshop);
  }

  find(workshop: WorkshopId, command: WorkshopCommand): PlannedMix | null {
    const wanted = command.kind === 'next' || command.kind === 'back' ? command.seating : command;
    if (!wanted || !('seed' in wanted)) return null;
    const { seed, version } = wanted;
    const found = this.#of.get(workshop)?.findLast(({ mix }) => mix.seed === seed && mix.version === version);
    return found?.mix ?? null;
  }
}
