import { isDeepStrictEqual } from 'node:util';
import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import { openCode, type Forum } from '#domain/forum/forum.ts';
import type { WorkshopId } from '#domain/ids.ts';
import type { PlanMessage } from '#protocol/live/down.ts';
import { tell } from '#server/process/boundary.ts';

/** With the join code, which is not for everybody, where there is one to join by. */
type ShownPlan = PlanMessage;

/** What the pages of a workshop show of its forum's plan, as it was last read. */
export class ShownPlans {
  readonly #of = new Map<WorkshopId, ShownPlan>();
  readonly #listeners = new Set<(workshop: WorkshopId) => void>();

  of(workshop: WorkshopId): ShownPlan | null {
    return this.#of.get(workshop) ?? null;
  }

  forget(workshop: WorkshopId): void {
    this.#of.delete(workshop);
  }

  note(forum: Forum, plan: WorkshopPlan): void {
    const before = this.#of.get(plan.id);
    const joinCode = openCode(forum);
    const now: ShownPlan = {
      forum: { title: forum.title, language: forum.language },
      workshop: { title: plan.title, question: plan.question ?? plan.title },
      ...(joinCode !== null && { joinCode }),
    };
    if (isDeepStrictEqual(before, now)) return;
    this.#of.set(plan.id, now);
    if (before) tell('a plan is another', this.#listeners, plan.id);
  }

  /** Called with a workshop whose pages show something else now. Returns how to stop. */
  onChange(listener: (workshop: WorkshopId) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
