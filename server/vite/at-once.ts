import type { Plugin } from 'vite';

/** Modules that the server imports and browsers fetch when the page stands: `-at-once.ts` gives null there. */
export const AT_ONCE = /-at-once\.ts$/;
const PLACE = '<Written {...given} />';

/**
 * Keeps out of a page's first files what the server renders and nobody uses at once. The place where it stands is empty for the
 * browser, which leaves the server's elements alone until their code comes: see `Written.svelte`.
 */
export function atOnce(): Plugin {
  return {
    name: 'dastarkhan-at-once',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    load: (id) => (AT_ONCE.test(id) ? 'export const atOnce = null;' : undefined),
    transform(code, id) {
      if (!id.endsWith('/Written.svelte')) return;
      if (!code.includes(PLACE)) throw new Error(`${id} has no ${PLACE}`);
      return code.replace(PLACE, '');
    },
  };
}
