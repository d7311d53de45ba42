import { join } from 'node:path';
import type { Plugin } from 'vite';
import { LIMITS, type LimitName } from '../../src/domain/limits.ts';

const ROOT = join(import.meta.dirname, '../..');
const LIMITS_FILE = join(ROOT, 'src/domain/limits.ts').replaceAll('\\', '/');
const INSTEAD: Readonly<Record<string, string>> = {
  'lib0/logging': 'src/lib/sync/no-logging.ts',
  'lib0/broadcastchannel': 'src/lib/sync/no-broadcast.ts',
  devalue: 'src/lib/shell/plain-data.ts',
};

/** Svelte's own elements for other pages, which none of ours is made of. */
const CUSTOM_ELEMENT = /\/svelte\/src\/internal\/client\/dom\/elements\/custom-element\.js$/;

const LIMIT = /\bLIMITS\.(\w+)\.most\b/g;
const TAKEN_APART = /\{ most \} = LIMITS\.(\w+);/g;

/** Keeps out of the browser what nothing there reads or calls: why each limit is what it is, and parts of libraries that are switched off. */
export function lean(): Plugin {
  return {
    name: 'dastarkhan-lean',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    resolveId: (id) => (id in INSTEAD ? join(ROOT, INSTEAD[id]!) : undefined),
    load(at) {
      const id = at.replaceAll('\\', '/');
      if (CUSTOM_ELEMENT.test(id)) return 'export const create_custom_element = null;';
      return id === LIMITS_FILE ? limitsAlone() : undefined;
    },
    transform: (code, id) => (id.includes('/node_modules/') || !code.includes('LIMITS.') ? undefined : numbered(code)),
  };
}

function limitsAlone(): string {
  const numbers = Object.fromEntries(Object.entries(LIMITS).map(([name, { most }]) => [name, { most }]));
  return `export const LIMITS = ${JSON.stringify(numbers)};`;
}

const numbered = (code: string): string =>
  code
    .replace(TAKEN_APART, '{ most } = { most: LIMITS.$1.most };')
    .replace(LIMIT, (whole, name: string) => (name in LIMITS ? String(LIMITS[name as LimitName].most) : whole));
