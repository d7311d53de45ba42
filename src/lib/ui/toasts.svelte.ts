import { createContext } from 'svelte';

export interface Toast {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
  /** How long it stays; 6 when left out. It waits while it is pointed at or has the focus. */
  readonly seconds?: number;
}

export interface ShownToast extends Toast {
  readonly id: number;
}

/** Short notes at the edge of the page, newest last: the newest, and above it the one before if there is something to do about it. */
export class Toasts {
  #shown = $state.raw<readonly ShownToast[]>([]);
  #next = 1;

  get shown(): readonly ShownToast[] {
    return this.#shown;
  }

  /** Returns by what it can be dismissed. */
  show(toast: Toast): number {
    const before = this.#shown.filter(({ action }) => action).slice(-1);
    this.#shown = [...before, { ...toast, id: this.#next }];
    return this.#next++;
  }

  dismiss(id: number): void {
    this.#shown = this.#shown.filter((toast) => toast.id !== id);
  }
}

/** `provideToasts` is the root layout's; everybody else asks with `useToasts()`. */
export const [useToasts, provideToasts] = createContext<Toasts>();
