import type { WorkshopId } from '#domain/ids.ts';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { PlannedMix } from '#domain/workshop/decide-mixing.ts';

const MOST = 8; // previews of a workshop: two facilitators who try some each

/** The latest previews of each workshop, so that applying one needs no more than its seed and version. */
export class PlannedMixes {
  readonly #of = new Map<WorkshopId, readonly PlannedMix[]>();

  keep(workshop: WorkshopId, mix: PlannedMix): void {
    this.#of.set(workshop, [...(this.#of.get(workshop) ?? []), mix].slice(-MOST));
  }

  forget(workshop: WorkshopId): void {
    this.#of.delete(workshop);
  }

  find(workshop: WorkshopId, command: WorkshopCommand): PlannedMix | null {
    const wanted = command.kind === 'next' || command.kind === 'back' ? command.seating : command;
    if (!wanted || !('seed' in wanted)) return null;
    const { seed, version } = wanted;
    return this.#of.get(workshop)?.findLast((mix) => mix.seed === seed && mix.version === version) ?? null;
  }
}
