import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { build } from 'vite';
import type { SyncRig } from './sync-rig.ts';

/** What the page of `sync-page.svelte.ts` says, as JSON. */
export interface Shown {
  readonly status: string;
  readonly saved: boolean;
  readonly unsaved: number;
  readonly ready: boolean;
  readonly keepsCopy: boolean;
  readonly readOnly: boolean;
  readonly refusal: number | null;
  readonly drafts: number;
  readonly others: readonly string[];
}

export function serveTo(rig: SyncRig, script: string): void {
  rig.serve((req, res) => {
    const isScript = req.url === '/page.js';
    res.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    res.end(isScript ? script : '<!doctype html><body></body><script type="module" src="/page.js"></script>');
  });
}

/** `instead`: files in place of modules that only the whole program has. */
export async function bundlePage(
  script = 'sync-page.svelte.ts',
  instead: Readonly<Record<string, string>> = {},
): Promise<string> {
  const as = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production'; // as the program is built: what Svelte checks for developers takes longer than the boards
  const built = await build({
    mode: 'production',
    configFile: false,
    logLevel: 'error',
    plugins: [
      svelte({ configFile: false }),
      {
        name: 'instead',
        enforce: 'pre',
        resolveId: (id) => (id in instead ? join(import.meta.dirname, instead[id]!) : undefined),
      },
    ],
    build: {
      write: false,
      minify: false,
      rollupOptions: {
        input: join(import.meta.dirname, script),
        output: { codeSplitting: false },
      },
    },
  }).finally(() => (process.env.NODE_ENV = as));
  const outputs = Array.isArray(built) ? built : [built];
  for (const output of outputs) {
    if (!('output' in output)) continue;
    for (const chunk of output.output) if (chunk.type === 'chunk' && chunk.isEntry) return chunk.code;
  }
  throw new Error('nothing was built');
}
