import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const ROOT = join(import.meta.dirname, '../..').replaceAll('\\', '/');
const KIT = join(dirname(fileURLToPath(import.meta.resolve('@sveltejs/kit/package.json'))), 'src/runtime').replaceAll(
  '\\',
  '/',
);
const START = `${ROOT}/src/lib/start/start.ts`;
const EARLY = `${ROOT}/src/lib/start/early.ts`;
const LATER = `${ROOT}/src/lib/start/router.ts`;

const ENTRY = `${KIT}/client/entry.js`;
const CLIENT = `${KIT}/client/client.js`;
const STATE = `${KIT}/client/state.svelte.js`;

/** Who takes what from Kit's router without needing it at once. */
const LATER_FOR: Readonly<Record<string, readonly string[]>> = {
  [`${KIT}/app/forms.js`]: ['./navigation.js', '../client/client.js'],
  [`${KIT}/app/state/client.js`]: ['../../client/client.js'],
  [STATE]: ['./utils.js'],
};

/** On the server and in development nobody asks for them. */
const NEVER = '\0virtual:kit-never';
const NAVIGATION = new Set(['$app/navigation', `${KIT}/app/navigation`, `${KIT}/app/navigation.js`]);

/** What the router does when it starts a page, done already: the root is there, and so is its store, and the page may have been scrolled. */
const TAKES_OVER: readonly (readonly [from: string, to: string])[] = [
  ['root = new app.root({', 'root = early.root ?? new app.root({'],
  ['page: /* @__PURE__ */ notifiable_store({}),', 'page: early.store,'],
  [
    '\t\tif (scroll) {\n\t\t\thistory.scrollRestoration',
    '\t\tif (scroll && !early.root) {\n\t\t\thistory.scrollRestoration',
  ],
];

/**
 * Pages start without Kit's router, which comes when it is used: see `src/lib/start/start.ts`. Kit's version is pinned, and the build
 * fails when a place that is changed here is no more what it was.
 */
export function earlyStart(): Plugin {
  return {
    name: 'dastarkhan-early-start',
    enforce: 'pre',
    resolveId(id, importer) {
      if (this.environment.name !== 'client' || this.environment.mode !== 'build')
        return id.startsWith('virtual:kit') ? NEVER : undefined;
      const from = importer?.replaceAll('\\', '/').split('?')[0] ?? '';
      if (id === 'virtual:kit') return '\0virtual:kit';
      if (id === 'virtual:kit-router') return CLIENT;
      return NAVIGATION.has(id) || LATER_FOR[from]?.includes(id) ? LATER : undefined;
    },
    load(id) {
      if (id === NEVER) return 'export const setPage = () => {};';
      return id === '\0virtual:kit' ? `export { update as setPage } from '${STATE}';` : undefined;
    },
    transform(code, id) {
      if (this.environment.name !== 'client' || this.environment.mode !== 'build') return;
      const at = id.replaceAll('\\', '/');
      if (at === ENTRY) return `export { start } from '${START}';`;
      if (at !== CLIENT) return;
      const taken = TAKES_OVER.reduce((all, [from, to]) => {
        if (all.split(from).length !== 2) this.error(`Kit's client has changed: ${from}`);
        return all.replace(from, to);
      }, code);
      return `import { early } from '${EARLY}';\n${taken}\n${ASK_BEFORE}`;
    },
  };
}

const ASK_BEFORE = `export function askBefore(callback) {
  before_navigate_callbacks.add(callback);
  return () => before_navigate_callbacks.delete(callback);
}`;
