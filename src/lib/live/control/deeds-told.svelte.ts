import { getContext, setContext, untrack } from 'svelte';
import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { timeText } from '#lib/forum/days.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { refusalText } from '#lib/ui/refusal-text.ts';
import type { Toasts } from '#lib/ui/toasts.svelte.ts';
import type { LiveConnection } from '../live-connection.svelte.ts';
import type { Ask } from './ask.ts';

const WITHIN = 10_000; // ms; who runs a workshop has pressed something else by then

interface Told {
  readonly note: number;
  readonly kind: WorkshopCommand['kind'];
  /** Of the workshop with the deed. */
  readonly version: number;
  /** How the step stands by the deed, from when the page knows. */
  stands?: string;
}

const KEY = Symbol('deeds');

/** For all that is pressed in a control room. */
export const provideDeeds = (deeds: DeedsTold): DeedsTold => setContext(KEY, deeds);
export const useDeeds = (): DeedsTold => getContext<DeedsTold>(KEY);

/** What was asked for from a control room, and the notes that say in words what became of it. */
export class DeedsTold {
  readonly #live: LiveConnection;
  readonly #toasts: Toasts;
  readonly #t: Translate;
  #told = $state.raw<readonly Told[]>([]);
  /** The workshop's version with what was done here last. */
  #own = $state(0);
  /** Since when nothing was told or sent. */
  #away: number | null = null;

  constructor(live: LiveConnection, toasts: Toasts, t: Translate) {
    this.#live = live;
    this.#toasts = toasts;
    this.#t = t;
  }

  /** Nothing can be sent now. A page that has just come is still being connected: the server says until when it may be done. */
  get isAway(): boolean {
    const { status } = this.#live;
    return status !== 'online' && status !== 'connecting';
  }
  /** Nobody has changed anything since what was done here. */
  get isOwn(): boolean {
    return this.#live.view?.version === this.#own;
  }

  sayAway(): void {
    this.#toasts.show({ text: this.#t('control.notSent') });
  }

  /** Says what has happened, or why not. What nobody sees happen is not to happen later. */
  readonly ask: Ask = async (wanted, done, undo) => {
    const [live, toasts, t] = [this.#live, this.#toasts, this.#t];
    if (this.isAway) {
      this.sayAway();
      return false;
    }
    const answer = await live.ask(wanted, WITHIN);
    if ('refused' in answer) {
      const { refused } = answer;
      toasts.show({ text: refused.kind === 'notStored' ? t('control.unsure') : refusalText(t, refused) });
      return false;
    }
    this.#own = answer.version;
    const takeBack = undo && {
      label: t('control.undo'),
      run: () => void this.ask(undo.command(answer.version), undo.done),
    };
    const note = toasts.show({ text: done, ...(takeBack && { action: takeBack, seconds: 12 }) });
    // as many as can be shown
    if ('from' in wanted) this.#told = [...this.#told, { note, kind: wanted.kind, version: answer.version }].slice(-2);
    return true;
  };

  /** For an effect. What a note about the running step says of it is so no more, by whoever's deed: it goes. */
  follow({ version, step }: WorkshopView): void {
    for (const one of this.#told) {
      if (version < one.version) continue;
      const isOfClock = one.kind === 'pauseStep' || one.kind === 'resumeStep';
      const stands = `${step.id} ${step.began} ${isOfClock && step.left !== undefined}`;
      one.stands ??= stands;
      if (one.stands !== stands) untrack(() => this.#toasts.dismiss(one.note));
    }
  }

  /** For an effect: says once that the page is told again what happens. */
  welcomeBack(): void {
    const { asOf, status } = this.#live;
    if (asOf === null && status === 'online' && this.#away !== null) {
      const text = this.#t('control.liveAgain', { time: timeText(this.#away, this.#t.locale) });
      untrack(() => this.#toasts.show({ text }));
    }
    this.#away = asOf;
  }
}
