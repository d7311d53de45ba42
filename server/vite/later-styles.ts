import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/**
 * A page waits for the styles of what it shows at first, and not for those of dialogs and panels that it imports when they are used.
 * Kit takes whatever the server's build names as imported later for part of the page; on the server none of it is ever rendered.
 * Stands before Kit, which reads the list when the server's build is written.
 */
export function laterStyles(): Plugin {
  return {
    name: 'dastarkhan-later-styles',
    apply: 'build',
    writeBundle({ dir }) {
      if (this.environment.name !== 'ssr' || dir === undefined) return;
      const file = join(dir, '.vite/manifest.json');
      const listed = JSON.parse(readFileSync(file, 'utf8')) as Record<string, object>;
      const kept = Object.entries(listed).map(([name, chunk]) => [name, { ...chunk, dynamicImports: undefined }]);
      writeFileSync(file, JSON.stringify(Object.fromEntries(kept)));
    },
  };
}
