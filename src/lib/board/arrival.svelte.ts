import { tick } from 'svelte';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { screensAway, showPlace } from './show-place.ts';

const NEAR = 0.75; // of a screen: further, and whoever writes the next idea would lose sight of what they read
const FRESH = 2_500; // ms; long enough to find it after the page has moved

interface Arrived {
  readonly element: string;
  readonly text: string;
}

/** What one has just added: shown where it is when that is near, else told with a way to it. */
export class Arrival {
  #fresh = $state<ItemId | ThemeId | null>(null);
  #away = $state.raw<Arrived | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Stands out for a moment. */
  get fresh(): ItemId | ThemeId | null {
    return this.#fresh;
  }
  /** It went out of sight. */
  get away(): Arrived | null {
    return this.#away;
  }

  async tell(id: ItemId | ThemeId, element: string, text: string): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.#fresh = null), FRESH);
    this.#fresh = id;
    this.#away = null;
    await tick();
    const place = document.getElementById(element);
    if (!place) return;
    const distance = screensAway(place);
    if (distance > NEAR) this.#away = { element, text };
    else if (distance > 0) showPlace(place, 'nearest');
  }

  /** Goes there, with the focus. */
  show(): void {
    const place = this.#away && document.getElementById(this.#away.element);
    this.#away = null;
    if (!place) return;
    showPlace(place, 'center');
    const heading = place.querySelector<HTMLElement>('h2 button');
    (heading ?? place).focus({ preventScroll: true });
  }

  forget(): void {
    this.#away = null;
  }
}
