import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { violations } from './architecture.ts';

const root = join(import.meta.dirname, '..');
const files = globSync('{src,server}/**/*.{ts,mjs,svelte}', { cwd: root }).map((file) => file.replaceAll('\\', '/'));

describe('the house', () => {
  test('every import runs along the arrows', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => violations(file, readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });

  test.each([
    ['src/domain/x.ts', `import { newToken } from '#server/auth/tokens.ts';`],
    ['src/domain/x.ts', `import { readFileSync } from 'node:fs';`],
    ['src/domain/x.ts', `import * as Y from 'yjs';`],
    ['src/domain/board/x.ts', `import { readBoard } from '../../protocol/board/read.ts';`],
    ['src/protocol/x.ts', `export { Toasts } from '#lib/ui/toasts.svelte.ts';`],
    ['src/lib/x.svelte', `<script lang="ts">import type { Services } from '#server/services.ts';</script>`],
    ['src/lib/x.ts', `const { readFileSync } = await import('node:fs');`],
    ['src/routes/+page.server.ts', `import { newToken } from '#server/auth/tokens.ts';`],
    ['server/x.ts', `import { LOCALES } from '#lib/i18n/locales.ts';`],
  ])('an import turned round is found: %s %s', (file, source) => {
    expect(violations(file, source)).toHaveLength(1);
  });

  test('a route may know the shape of the services', () => {
    expect(violations('src/routes/+page.server.ts', `import type { Services } from '#server/services.ts';`)).toEqual(
      [],
    );
  });

  test('a comment is not an import', () => {
    expect(violations('src/domain/x.ts', `// import * as Y from 'yjs';\n/* import 'node:fs' */`)).toEqual([]);
  });
});
