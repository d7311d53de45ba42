import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

const ROOT = join(import.meta.dirname, '../..');

/** What stands in a route's place holders. */
export interface Fillings {
  readonly slug: string;
  readonly id: string;
  readonly room: string;
  readonly code: string;
}

/** Every path that the routes make, filled with what exists, and with each form action that a page names. */
export function paths({ slug, id, room, code }: Fillings): string[] {
  const filled: Record<string, readonly string[]> = {
    slug: [slug],
    id: [id],
    room: [room],
    code: [code],
    seq: ['1', '-1', '999999999999999999999'],
    format: ['pdf', 'docx', 'html', 'md', 'wordpress', 'json', 'csv', 'exe'],
    token: ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  };
  return globSync('src/routes/**/+{page,server,page.server}.{ts,svelte}', { cwd: ROOT })
    .map((file) => ({ route: dirname(file).slice('src/routes'.length) || '/', file }))
    .flatMap(({ route, file }) => {
      const actions = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/^ {2}(\w+): (?:async )?\(|\?\/(\w+)/gm)];
      const all = fill(route, filled);
      return [...all, ...all.flatMap((path) => actions.map(([, one, other]) => `${path}?/${one ?? other}`))];
    })
    .concat(
      '/healthz',
      '/readyz',
      '/metrics',
      '/favicon.ico',
      '/robots.txt',
      '/service-worker.js',
      '/_app/version.json',
    )
    .filter((path, index, everything) => everything.indexOf(path) === index)
    .sort();
}

function fill(route: string, values: Record<string, readonly string[]>): string[] {
  const hole = /\[(\w+)\]/.exec(route);
  if (!hole) return [route];
  return (values[hole[1] ?? ''] ?? ['x1']).flatMap((value) => fill(route.replace(hole[0], value), values));
}
