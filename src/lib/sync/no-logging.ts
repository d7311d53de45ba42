/**
 * Stands for `lib0/logging` in the browser's build: Yjs writes a handful of warnings with it, and it brings colours, a console of its own
 * and a schema language along, a tenth of what a board loads.
 */
const words = (parts: readonly unknown[]): unknown[] => parts.filter((part) => part !== '');

export const [BOLD, UNBOLD, ORANGE, RED] = ['', '', '', ''];
export const print = (...parts: unknown[]): void => console.info(...words(parts));
export const warn = (...parts: unknown[]): void => console.warn(...words(parts));
