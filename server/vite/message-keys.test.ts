import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { messageKeys } from './message-keys.ts';

const KNOWN = [
  'board.add',
  'board.stepWrite',
  'board.stepClose',
  'join.code',
  'join.name',
  'refusal.full',
  'app.never',
];

test('[H29] the messages of a page are those that it and what it imports at once can say', () => {
  const root = mkdtempSync(join(tmpdir(), 'dastarkhan-keys-'));
  const write = (path: string, source: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), source);
  };
  write(
    'src/routes/+page.svelte',
    `<script>import A from '#lib/a.ts'; import { gone } from './gone.ts'; import * as Y from 'yjs'; const later = () => import('#lib/later.ts');</script>
     <p>{t('board.add')}</p>{t(\`refusal.\${kind}\`)} {"board.unknown"} "app.name is no key of ours"`,
  );
  write('src/lib/a.ts', "import './b.svelte';\nexport { x } from '../routes/+page.svelte';");
  write('src/lib/b.svelte', "{t(`board.step${step}`)} {t(isNew ? 'join.code' : `join.name`)}");
  write('src/lib/later.ts', "t('app.never')");
  try {
    expect([...messageKeys(root, ['src/routes/+page.svelte'], KNOWN)].sort()).toEqual(
      ['board.add', 'board.stepWrite', 'board.stepClose', 'join.code', 'join.name'].sort(),
    );
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
