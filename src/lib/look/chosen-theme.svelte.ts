import { createContext } from 'svelte';
import { themeCookie, type Theme } from './theme.ts';

/** The colours that this browser shows: as the server wrote them, until somebody chooses others. */
export class ChosenTheme {
  readonly #written: () => Theme;
  #chosen = $state<Theme | null>(null);

  constructor(written: () => Theme) {
    this.#written = written;
  }

  get theme(): Theme {
    return this.#chosen ?? this.#written();
  }

  choose(theme: Theme): void {
    this.#chosen = theme;
    document.cookie = themeCookie(theme);
  }
}

/** `provideTheme` is the root layout's. */
export const [useTheme, provideTheme] = createContext<ChosenTheme>();
