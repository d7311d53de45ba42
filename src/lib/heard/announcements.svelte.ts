import { createContext } from 'svelte';
import { pageStorage } from '#lib/sync/page-storage.ts';
import { Announcer, WANTED, type At, type Timer, type Wanted } from './announcer.ts';

interface Line {
  readonly id: number;
  readonly text: string;
  readonly isUrgent: boolean;
}

const KEPT = 'announcements';
const LINES = 5; // a screen reader speaks each when it comes
const LINE_STAYS = 6_000; // ms; heard when it comes, and no clutter for whoever walks to the end of the page

const browserTimer: Timer = {
  now: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** What the page says to whoever does not see it. Its lines appear in one region: the page's, or that of the dialog on top of it. */
export class Announcements {
  #lines = $state.raw<readonly Line[]>([]);
  #regions = $state.raw<readonly symbol[]>([]);
  #wanted = $state<Wanted>('all');
  #next = 1;
  readonly #announcer = new Announcer(
    browserTimer,
    () => this.#wanted,
    (text, isUrgent) => this.#add(text, isUrgent),
  );

  get wanted(): Wanted {
    return this.#wanted;
  }

  /** Kept on this device. */
  choose(wanted: Wanted): void {
    this.#wanted = wanted;
    try {
      pageStorage().setItem(KEPT, wanted);
    } catch {
      // a device that keeps nothing has it until the page closes
    }
  }

  /** In the browser, when the page begins. */
  recall(): void {
    const kept = pageStorage().getItem(KEPT);
    this.#wanted = WANTED.find((wanted) => wanted === kept) ?? 'all';
  }

  announce(text: string, how: { readonly at: At }): void {
    this.#announcer.announce(text, how);
  }

  gather(key: string, render: () => string, concernsMe?: boolean): void {
    this.#announcer.gather(key, render, concernsMe);
  }

  linesIn(region: symbol): readonly Line[] {
    return region === this.#regions.at(-1) ? this.#lines : [];
  }

  /** Outside a modal dialog nothing is heard: the region that came last has the lines. Returns how to close it. */
  open(region: symbol): () => void {
    this.#lines = [];
    this.#regions = [...this.#regions, region];
    return () => {
      this.#lines = [];
      this.#regions = this.#regions.filter((open) => open !== region);
    };
  }

  #add(text: string, isUrgent: boolean): void {
    const line = { id: this.#next++, text, isUrgent };
    this.#lines = [...this.#lines, line].slice(-LINES);
    browserTimer.after(LINE_STAYS, () => (this.#lines = this.#lines.filter((other) => other !== line)));
  }
}

/** `provideAnnouncements` is the root layout's; everybody else asks with `useAnnouncements()`. */
export const [useAnnouncements, provideAnnouncements] = createContext<Announcements>();
