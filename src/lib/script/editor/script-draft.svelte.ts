import type { DraftScript } from './draft-script.ts';

const MOST_STEPS_BACK = 200;

/** A script that somebody writes, with a way back from each change. */
export class ScriptDraft {
  #now = $state.raw<DraftScript>() as DraftScript;
  #saved = $state.raw<DraftScript>() as DraftScript;
  #past = $state.raw<readonly DraftScript[]>([]);
  #future = $state.raw<readonly DraftScript[]>([]);
  /** The field that is being typed into: its letters are one change. */
  #field: string | null = null;

  constructor(saved: DraftScript) {
    this.#now = saved;
    this.#saved = saved;
  }

  get script(): DraftScript {
    return this.#now;
  }
  /** What it began from. */
  get saved(): DraftScript {
    return this.#saved;
  }
  get isChanged(): boolean {
    return this.#now !== this.#saved && JSON.stringify(this.#now) !== JSON.stringify(this.#saved);
  }
  get mayUndo(): boolean {
    return this.#past.length > 0;
  }
  get mayRedo(): boolean {
    return this.#future.length > 0;
  }

  /** `field`: where it is typed, if it is. */
  change(to: DraftScript, field: string | null = null): void {
    if (to === this.#now) return;
    if (field === null || field !== this.#field) {
      this.#past = [...this.#past, this.#now].slice(-MOST_STEPS_BACK);
    }
    this.#future = [];
    this.#field = field;
    this.#now = to;
  }

  undo(): void {
    const before = this.#past.at(-1);
    if (!before) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [this.#now, ...this.#future];
    this.#now = before;
    this.#field = null;
  }

  redo(): void {
    const [after, ...rest] = this.#future;
    if (!after) return;
    this.#past = [...this.#past, this.#now];
    this.#future = rest;
    this.#now = after;
    this.#field = null;
  }

  /** What was sent is stored; what was typed since is not. */
  keepAs(saved: DraftScript): void {
    this.#saved = saved;
    this.#field = null;
  }
}
