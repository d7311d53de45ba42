import { pageStorage } from '#lib/sync/page-storage.ts';
import { isMacHere } from './is-mac.ts';
import type { Keyboard } from './keys.ts';

const LETTERS = 'letter-keys';

/** Which keys this person has on boards, and whether the help for them is open. */
export class BoardKeys {
  #hasLetters = $state(pageStorage().getItem(LETTERS) !== 'off');
  #isHelping = $state(false);

  get keyboard(): Keyboard {
    return { isMac: isMacHere(), hasLetters: this.#hasLetters };
  }
  get isHelping(): boolean {
    return this.#isHelping;
  }

  help(isHelping: boolean): void {
    this.#isHelping = isHelping;
  }

  /** Kept on this device. */
  useLetters(hasLetters: boolean): void {
    this.#hasLetters = hasLetters;
    try {
      pageStorage().setItem(LETTERS, hasLetters ? 'on' : 'off');
    } catch {
      // a device that keeps nothing has it until the page closes
    }
  }
}
