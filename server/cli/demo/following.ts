import { setTimeout as wait } from 'node:timers/promises';
import type { WorkshopView } from '#domain/workshop/view.ts';
import type { Lead } from './lead.ts';
import type { SimulatedPerson } from './simulated-person.ts';

const LOOKS = 150; // ms between two looks at what runs

/** Steps as somebody turns them by hand: the people follow, for as long as they are there. */
export class Following implements Lead {
  readonly #people: readonly SimulatedPerson[];
  #view: WorkshopView;

  /** `first`: what runs when the first of the people has come. */
  constructor(people: readonly SimulatedPerson[], first: WorkshopView) {
    this.#people = people;
    this.#view = first;
  }

  /** As the one who was told last knows it: somebody may be without a network. */
  get view(): WorkshopView {
    for (const { view } of this.#people) if (view && view.version > this.#view.version) this.#view = view;
    return this.#view;
  }

  isOver(began: number): boolean {
    return this.view.step.began !== began;
  }

  /** By hand, like everything else. */
  async mixRooms(): Promise<void> {}

  async lookAfter(): Promise<void> {
    const { began } = this.view.step;
    while (!this.isOver(began)) await wait(LOOKS);
  }

  async turn(): Promise<boolean> {
    return true;
  }

  /** It has no connection of its own. */
  close(): void {}
}
