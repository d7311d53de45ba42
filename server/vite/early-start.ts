import { readFileSync } from 'node:fs';
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

const GENERATED = `${ROOT}/.svelte-kit/generated/client-optimized/app.js`;
const FORMS = `${KIT}/app/forms.js`;
/** Which page is at which address: the router's affair, and the longest of what names the pages. */
const ROUTES = /export const (?:server_loads|dictionary) = [\s\S]*?;\n|export \{ matchers \} from [^\n]*\n/g;

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

type Change = readonly [from: string, to: string];

/** What a form is answered is read by what most forms on a phone never need: they lead to another page. */
const READS_LATER: readonly Change[] = [
  ["import * as devalue from 'devalue';", ''],
  ['export function deserialize', 'export async function deserialize'],
  ['= devalue.parse(', "= (await import('devalue')).parse("],
  ['\t\t\tresult = deserialize(', '\t\t\tresult = await deserialize('],
];

/** What the router does when it starts a page, done already: the root is there, and so is its store, and the page may have been scrolled. */
const TAKES_OVER: readonly Change[] = [
  ['parse(_app)', 'parse({ ..._app, ...known_routes })'],
  // asked for where a page could not be fetched
  ['app.server_loads[0] === 0', 'known_routes.server_loads[0] === 0'],
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
      if (id === `${KIT}/app/state/index.js` || id === '$app/state' || id === `${KIT}/app/state`)
        return `${KIT}/app/state/client.js`;
      if (id === 'virtual:kit') return '\0virtual:kit';
      if (id === 'virtual:kit-router') return CLIENT;
      if (id === 'virtual:kit-routes') return '\0virtual:kit-routes';
      return NAVIGATION.has(id) || LATER_FOR[from]?.includes(id) ? LATER : undefined;
    },
    load(id) {
      if (id === '\0virtual:kit-routes') return routesOf(readFileSync(GENERATED, 'utf8'));
      if (id === NEVER) return 'export const setPage = () => {};';
      return id === '\0virtual:kit' ? `export { update as setPage } from '${STATE}';` : undefined;
    },
    transform(code, id) {
      if (this.environment.name !== 'client' || this.environment.mode !== 'build') return;
      const at = id.replaceAll('\\', '/');
      if (at === GENERATED) return code.replace(ROUTES, '');
      if (at === FORMS) return changed(code, READS_LATER);
      if (at === ENTRY) return `export { start } from '${START}';`;
      if (at !== CLIENT) return;
      const taken = changed(code, TAKES_OVER);
      return `import { early } from '${EARLY}';\nimport * as known_routes from 'virtual:kit-routes';\n${taken}\n${ASK_BEFORE}`;
    },
  };
}

function changed(code: string, changes: readonly Change[]): string {
  return changes.reduce((all, [from, to]) => {
    if (all.split(from).length !== 2) throw new Error(`Kit is not what it was: ${from}`);
    return all.replace(from, to);
  }, code);
}

const routesOf = (app: string): string =>
  (app.match(ROUTES) ?? []).join('').replace('./matchers.js', `${dirname(GENERATED)}/matchers.js`);

const ASK_BEFORE = `export function askBefore(callback) {
  before_navigate_callbacks.add(callback);
  return () => before_navigate_callbacks.delete(callback);
}`;
