import { dirname, join, normalize } from 'node:path/posix';

/** The house of the README: which part may import which, and which packages a part may know. */
type Part = 'domain' | 'protocol' | 'lib' | 'routes' | 'server' | 'tests';

const PARTS: readonly [prefix: string, part: Part][] = [
  // Runs before anything is installed, for the server and for the tests alike.
  ['server/setup.mjs', 'tests'],
  ['src/domain/', 'domain'],
  ['src/protocol/', 'protocol'],
  ['src/lib/', 'lib'],
  ['src/', 'routes'],
  ['server/', 'server'],
  ['tests/', 'tests'],
];

const MAY_IMPORT: Record<Part, readonly Part[]> = {
  domain: ['domain'],
  protocol: ['protocol', 'domain'],
  lib: ['lib', 'protocol', 'domain'],
  routes: ['routes', 'lib', 'protocol', 'domain'],
  server: ['server', 'protocol', 'domain'],
  tests: ['tests', 'server', 'routes', 'lib', 'protocol', 'domain'],
};

const PURE = /^$/;
const WIRE = /^(valibot|yjs|lib0|fractional-indexing)(\/|$)/;
const SERVER_ONLY =
  /^(node:|better-sqlite3|kysely|pg$|ws$|socket\.io$|engine\.io$|lucia|@node-rs\/|docx|@myriaddreamin\/|vite$)/;

export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Static, dynamic and type imports of a TypeScript or Svelte file, read as text. */
function importsOf(source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1');
  const from = [...code.matchAll(/\b(import|export)\s+(type\s+)?(?:[\w*\s{},$]+?\s+from\s+)?['"]([^'"]+)['"]/g)].map(
    ([, , type, specifier]) => ({ specifier: specifier ?? '', typeOnly: type !== undefined }),
  );
  const called = [...code.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g)].map(([, type, specifier]) => ({
    specifier: specifier ?? '',
    typeOnly: type !== undefined,
  }));
  return [...from, ...called];
}

/** What is wrong with a file's imports, one sentence each; `file` is relative to the repository. */
export function violations(file: string, source: string): string[] {
  const part = partOf(file);
  if (!part || file.includes('.test.')) return [];
  return importsOf(source).flatMap(({ specifier, typeOnly }) => {
    const target = targetOf(file, specifier);
    if (target === null) return packageViolation(file, part, specifier, typeOnly);
    const other = partOf(target);
    if (!other || MAY_IMPORT[part].includes(other)) return [];
    if (part === 'routes' && other === 'server' && typeOnly) return [];
    return [`${file}: ${part} must not import ${other} (${specifier})`];
  });
}

function packageViolation(file: string, part: Part, specifier: string, typeOnly: boolean): string[] {
  const allowed =
    part === 'domain'
      ? PURE.test(specifier)
      : part === 'protocol'
        ? WIRE.test(specifier)
        : part === 'lib' || part === 'routes'
          ? typeOnly || !SERVER_ONLY.test(specifier)
          : true;
  return allowed ? [] : [`${file}: ${part} must not import the package ${specifier}`];
}

function partOf(path: string): Part | undefined {
  return PARTS.find(([prefix]) => path.startsWith(prefix))?.[1];
}

/** The file that an import means, relative to the repository; null for a package. */
function targetOf(file: string, specifier: string): string | null {
  const alias = /^#(domain|protocol|lib|server)\/(.*)$/.exec(specifier);
  if (alias) return alias[1] === 'server' ? `server/${alias[2]}` : `src/${alias[1]}/${alias[2]}`;
  if (specifier.startsWith('.')) return normalize(join(dirname(file), specifier));
  return null;
}
