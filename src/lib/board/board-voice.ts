import type { Announcements } from '#lib/heard/announcements.svelte.ts';
import type { At } from '#lib/heard/announcer.ts';
import type { Toast, Toasts } from '#lib/ui/toasts.svelte.ts';
import type { BoardDesk } from './board-desk.svelte.ts';

type Desk = Pick<BoardDesk, 'canWrite' | 't'>;

const NOTE_SECONDS = 10; // time to notice that the wrong item is gone

/** What is said of deeds: aloud to whoever does not see them happen, and in notes at the edge of the page. */
export class BoardVoice {
  readonly #desk: Desk;
  readonly #toasts: Toasts;
  readonly #announcements: Announcements;
  #status: () => Promise<string> = () => Promise.resolve('');

  constructor(desk: Desk, toasts: Toasts, announcements: Announcements) {
    this.#desk = desk;
    this.#toasts = toasts;
    this.#announcements = announcements;
  }

  /** To whoever does not see it happen: what this person did, or (`at`) what comes from others and from the clock. */
  say(text: string, at: At = 'deed'): void {
    this.#announcements.announce(text, { at });
  }

  note(text: string, action?: Toast['action']): void {
    this.#toasts.show({ text, seconds: NOTE_SECONDS, action });
  }

  /** Says that something went, which for a while can be had again. */
  regret(text: string, restore: () => void, then?: () => unknown): void {
    const { t } = this.#desk;
    const run = () => {
      if (!this.mayWrite()) return;
      restore();
      this.say(t('board.restored'));
      then?.();
    };
    this.note(text, { label: t('board.undo'), run });
  }

  /** What was on its way when writing ended does not happen, and that is said. */
  mayWrite(): boolean {
    const { canWrite, t } = this.#desk;
    if (!canWrite) this.note(t('board.cannotWrite'));
    return canWrite;
  }

  /** `status`: what is saved, how much time is left, who is here. */
  reportBy(status: () => Promise<string>): void {
    this.#status = status;
  }

  async sayStatus(): Promise<void> {
    this.say(await this.#status());
  }
}
