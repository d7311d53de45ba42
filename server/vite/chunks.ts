import { relative } from 'node:path';
import type { Plugin, Rolldown } from 'vite';

/** What one file of the build holds, as `build/weight.json` lists it. */
export interface BuiltChunk {
  readonly file: string;
  readonly name: string;
  /** The module that it was made for; null: it is shared. */
  readonly entry: string | null;
  /** The page or layout that it is the entry of. */
  readonly page: string | null;
  readonly imports: readonly string[];
  readonly dynamicImports: readonly string[];
  readonly styles: readonly string[];
  /** By module, the bytes that are left of it before the file is made small. */
  readonly modules: Readonly<Record<string, number>>;
}

/**
 * Names every page, to import it when it is gone to. In a file that pages share it would be read before what a page imports itself, and
 * Kit, which looks at each file once, would take all of that for later: pages without their styles and without their scripts' names.
 */
const PAGES = /\/client-optimized\/app\.js$/;
/** With every page: the framework and the layout. */
const FRAME = /\/(client\/entry|client-optimized\/app)\.js$|\/src\/routes\/\+layout\.(svelte|ts)$/;
const GUEST = /\/src\/routes\/join\/\[code\]\/\+page\.svelte$/;
const BOARD = /\/src\/routes\/forums\/\[slug\]\/workshops\/\[id\]\/\+page\.svelte$/;
/** Of every page, what comes a moment later; what pages need of it at once, each has. */
const SOON = /\/src\/lib\/shell\/soon\.ts$/;
/** Of a board, what follows the workshop: it waits for nothing that stands around the board. */
const LIVE =
  /\/src\/lib\/(live\/(live-connection\.svelte|own-asking\.svelte|\w+\/\w+OnBoard\.svelte)|board\/step-words)(\.ts)?$/;
/** Of a board, what comes once it stands. */
const STANDING = /\/src\/lib\/board\/standing\.ts$/;
const PAGE = /\/src\/routes\/.*\+(page|layout|error)\.svelte$/;
const DOCUMENT = /\/node_modules\/(yjs|lib0|y-protocols)\//;

/** Every page reaches these by way of one index, and few use them. */
const SELDOM =
  /\/svelte\/src\/(reactivity\/(map|set|date|url)|internal\/(shared\/clone|client\/dom\/(blocks\/svelte-element|elements\/custom-element)))/;
/** With every page but boards. */
const HEADER =
  /\/src\/lib\/(shell\/(PageHeader|Preferences|PreferenceFields|NetworkPageLink)|look\/WovenBand)\.svelte$/;
/** What messages count and decline with: half a kilobyte in three files. */
const TEXTS = /\/node_modules\/(make-plural|@messageformat\/runtime)\//;

type Graph = Pick<Rolldown.PluginContext, 'getModuleInfo'>;

/**
 * Few files instead of many small ones: on a phone's network each costs a round trip, and together they are packed better. What several
 * pages share goes by who waits for it: everybody, guests who join, people at a board, and the rest.
 */
export function chunks(): Plugin {
  let root = '';
  return {
    name: 'dastarkhan-chunks',
    apply: 'build',
    enforce: 'post',
    config: (config) =>
      config.build?.ssr
        ? {}
        : {
            build: {
              rolldownOptions: { output: { codeSplitting: { groups: groups() } } },
              // What a page needs is in few files that most pages share; lists of them would be in every one.
              modulePreload: {
                polyfill: false,
                resolveDependencies: (_, files) => files.filter((file) => file.endsWith('.css')),
              },
            },
          },
    configResolved(config) {
      root = config.root;
    },
    generateBundle(_, bundle) {
      if (this.environment.name !== 'client') return;
      const named = (id: string) => (id.startsWith('\0') ? id.slice(1) : relative(root, id).replaceAll('\\', '/'));
      const built = Object.values(bundle).flatMap((output) => {
        if (output.type !== 'chunk') return [];
        const { fileName: file, name, facadeModuleId: entry, imports, dynamicImports, modules, viteMetadata } = output;
        const page = entry && this.getModuleInfo(entry)?.importedIds.find((id) => PAGE.test(id));
        const chunk: BuiltChunk = {
          ...{ file, name, imports, dynamicImports, styles: [...(viteMetadata?.importedCss ?? [])] },
          entry: entry && named(entry),
          page: page ? named(page) : null,
          modules: Object.fromEntries(Object.entries(modules).map(([id, one]) => [named(id), one.renderedLength])),
        };
        return [chunk];
      });
      this.emitFile({ type: 'asset', fileName: '.vite/weight.json', source: JSON.stringify(built) });
    },
  };
}

/** In the order in which they take modules, each with what those need. */
const SHARES = ['frame', 'document', 'header', 'board', 'guest', 'soon', 'live', 'standing', 'forum'] as const;

function groups(): Rolldown.CodeSplittingGroup[] {
  const known = new Map<string, Share | null>();
  const shareOf = (id: string, graph: Graph) => {
    if (!known.has(id)) known.set(id, shareOfUsers(id, usersOf(id, graph)));
    return known.get(id);
  };
  return SHARES.map((share, index) => ({
    debugName: share,
    name: (id, graph) => (!PAGES.test(id) && shareOf(id, graph) === share ? share : null),
    priority: SHARES.length - index,
  }));
}

export type Share = (typeof SHARES)[number];

/** Null: it is used in one place, or the bundler finds one for it. */
function shareOfUsers(id: string, users: ReadonlySet<string>): Share | null {
  if (SELDOM.test(id)) return null;
  if (TEXTS.test(id)) return 'frame';
  if (HEADER.test(id)) return 'header';
  const pages = [...users].filter((user) => FRAME.test(user) || PAGE.test(user));
  if (pages.some((page) => FRAME.test(page))) return 'frame';
  if ([...users].some((user) => SOON.test(user))) return pages.length === 0 ? 'soon' : 'frame';
  const isOfFirst = pages.some((page) => GUEST.test(page) || BOARD.test(page));
  if (!isOfFirst && users.size > 1 && [...users].some((user) => LIVE.test(user))) return 'live';
  if (!isOfFirst && [...users].some((user) => STANDING.test(user))) return 'standing';
  if (users.size < 2 || pages.length === 0) return null;
  if (DOCUMENT.test(id)) return 'document';
  const isGuests = pages.some((page) => GUEST.test(page));
  if (pages.some((page) => BOARD.test(page))) return isGuests ? 'frame' : 'board';
  return isGuests ? 'guest' : 'forum';
}

/** Pages and modules imported when they are used, from which a module is reached at once. */
function usersOf(id: string, graph: Graph): Set<string> {
  const users = new Set<string>();
  const seen = new Set([id]);
  for (const at of seen) {
    const info = graph.getModuleInfo(at);
    if (!info) continue;
    if (FRAME.test(at) || PAGE.test(at) || (info.dynamicImporters.length > 0 && !info.isEntry)) users.add(at);
    for (const importer of info.importers) seen.add(importer);
  }
  return users;
}
