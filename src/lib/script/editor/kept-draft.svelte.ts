import type { ScriptDraft } from './script-draft.svelte.ts';
import type { ScriptSaving } from './script-saving.svelte.ts';
import { keepUnsaved } from './unsaved.ts';

const WRITE_AFTER = 400; // ms; each letter would be written with the whole script

/** Keeps what is not saved yet on this device. */
export class KeptDraft {
  readonly #draft: ScriptDraft;
  readonly #saving: ScriptSaving;
  #id: string;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #hasRoom = $state(true);

  constructor(id: string, draft: ScriptDraft, saving: ScriptSaving) {
    this.#id = id;
    this.#draft = draft;
    this.#saving = saving;
  }

  /** False: this device could not keep the latest. */
  get hasRoom(): boolean {
    return this.#hasRoom;
  }

  /** A moment after the last letter. */
  writeSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.write(), WRITE_AFTER);
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { isChanged, saved: base, script } = this.#draft;
    this.#hasRoom = keepUnsaved(this.#id, isChanged ? { version: this.#saving.version, base, script } : null);
  }

  /** Before the page goes: what was to be written soon. */
  finish(): void {
    if (this.#timer !== undefined) this.write();
  }

  /** It was saved as another one: what was typed since is that one's. */
  goOnAs(id: string): void {
    keepUnsaved(this.#id, null);
    this.#id = id;
    this.write();
  }
}
