import type { WorkshopCommand } from '#domain/workshop/commands.ts';
import type { Translate } from '#lib/i18n/text.ts';
import { refusalText } from '#lib/ui/refusal-text.ts';
import type { LiveConnection } from './live-connection.svelte.ts';
import { OneAtATime } from './one-at-a-time.svelte.ts';

const WITHIN = 15_000; // ms; what reaches the server later is not what somebody wants by then

/** What a participant asks of the server by pressing a button, and in words why it was not done. */
export class OwnAsking {
  readonly #live: () => LiveConnection;
  readonly #t: Translate;
  readonly #deeds = new OneAtATime();
  #problem = $state('');

  constructor(t: Translate, live: () => LiveConnection) {
    this.#t = t;
    this.#live = live;
  }

  get isOffline(): boolean {
    return this.#live().status !== 'online';
  }
  /** Nothing can be pressed now. */
  get isHeld(): boolean {
    return this.#deeds.busy || this.isOffline;
  }
  /** Empty: there is none. */
  get problem(): string {
    return this.#problem;
  }

  forget(): void {
    this.#problem = '';
  }

  /** Says whether it is done. */
  async ask(command: WorkshopCommand): Promise<boolean> {
    if (this.isHeld) return false;
    this.#problem = '';
    const answer = await this.#deeds.do(() => this.#live().ask(command, WITHIN));
    if (answer === null || !('refused' in answer)) return answer !== null;
    const { refused } = answer;
    this.#problem = refused.kind === 'notStored' ? this.#t('calls.notSent') : refusalText(this.#t, refused);
    return false;
  }
}
