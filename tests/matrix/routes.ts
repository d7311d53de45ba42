import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROUTES = join(import.meta.dirname, '../../src/routes');
const METHODS = /^export const (GET|POST|PUT|PATCH|DELETE|OPTIONS|HEAD|fallback)\b/gm;

/** What the route files answer to, as `<route> page`, `<route> GET` or `<route> ?/action`; a form without a name is `?/default`. */
export function answered(): string[] {
  return globSync('**/+{page.svelte,page.server.ts,server.ts}', { cwd: ROUTES })
    .flatMap((file) => {
      const route = `/${dirname(file) === '.' ? '' : relative('.', dirname(file))}`;
      if (file.endsWith('+page.svelte')) return [`${route} page`];
      const source = readFileSync(join(ROUTES, file), 'utf8');
      if (file.endsWith('+server.ts')) return [...source.matchAll(METHODS)].map(([, method]) => `${route} ${method}`);
      return actionsIn(source).map((action) => `${route} ?/${action}`);
    })
    .sort();
}

function actionsIn(source: string): string[] {
  const [, body = ''] = /^export const actions[^=]*= \{\n([\s\S]*?)^\}/m.exec(source) ?? [];
  return [...body.matchAll(/^ {2}(?:async )?(\w+)(?::|\()/gm)].map(([, name]) => name ?? '');
}

/** Words that stand where a forum's address would. */
export const pagesBesideForums = (): string[] =>
  globSync('**/[[]slug[]]', { cwd: ROUTES }).flatMap((folder) =>
    globSync('*/', { cwd: join(ROUTES, dirname(folder)) })
      .map((name) => name.replace(/\/$/, ''))
      .filter((name) => !name.includes('[') && !name.startsWith('+')),
  );

/** Server files that read a body past `read-body.ts`. */
export const readersBesideTheDoor = (): string[] =>
  globSync('**/*.ts', { cwd: ROUTES }).filter(
    (file) =>
      file !== 'read-body.ts' &&
      /request\s*\.\s*(formData|json|text|arrayBuffer|blob|body|bytes)\b/.test(
        readFileSync(join(ROUTES, file), 'utf8'),
      ),
  );
