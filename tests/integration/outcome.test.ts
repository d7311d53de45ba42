import { mkdtempSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeJoinCode } from '#domain/forum/join-code.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { parseOutcomeDocument } from '#protocol/outcome-schema.ts';
import { randomId } from '#server/auth/tokens.ts';
import { readConfig } from '#server/config.ts';
import { importOutcome } from '#server/outcome/import/import-outcome.ts';
import { Documents } from '#server/documents/documents.ts';
import { fromStorage } from '#server/documents/from-storage.ts';
import { Outcomes } from '#server/outcome/outcomes.ts';
import { OUTCOME_FORMATS, renderOutcome } from '#server/outcome/render/render.ts';
import { storeImport } from '#server/outcome/store-import.ts';
import { openStorage } from '#server/storage/open-storage.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { sources } from './outcome-sample.ts';

const seed = fileURLToPath(new URL('../../../shared/seed/mil-bridge-2025.wp.json', import.meta.url));

let storage: Storage;
let documents: Documents;
let outcomes: Outcomes;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'outcome-'));
  storage = await openStorage(readConfig({ DATA_DIR: folder }));
  documents = new Documents(fromStorage(storage.documents));
  outcomes = new Outcomes(storage, documents);
});
afterEach(async () => {
  documents.close();
  await storage.close();
  rmSync(folder, { recursive: true, force: true });
});

async function store(text: string): Promise<Forum> {
  const imported = importOutcome(text);
  if (!imported.ok) throw new Error(JSON.stringify(imported.refusal));
  const stored = await storeImport(storage, imported.value, {
    now: 1,
    randomId,
    joinCode: () => makeJoinCode(randomInt),
  });
  if (!stored.ok) throw new Error(stored.refusal.kind);
  return stored.value;
}

const withoutIds = (model: OutcomeDocument): unknown =>
  JSON.parse(JSON.stringify(model, (key, value: unknown) => (key === 'id' ? undefined : value)));

describe('an imported outcome in the database', () => {
  test('[I7] is a forum that is found, with boards and text, and gives the same document', async () => {
    const model = assembleOutcome(sources);
    const { bytes } = await renderOutcome(model, 'wordpress');
    const forum = await store(new TextDecoder().decode(bytes));
    expect(await storage.forums.bySlug(forum.slug)).toEqual(forum);
    expect(withoutIds(await outcomes.assemble(forum))).toEqual(withoutIds(model));
  });

  test('[I7] a second import of the same post is a forum of its own', async () => {
    const text = new TextDecoder().decode((await renderOutcome(assembleOutcome(sources), 'wordpress')).bytes);
    const [first, second] = [await store(text), await store(text)];
    expect(second.slug).toBe(`${first.slug}-2`);
    expect(second.id).not.toBe(first.id);
    expect(withoutIds(await outcomes.assemble(second))).toEqual(withoutIds(await outcomes.assemble(first)));
  });

  test.skipIf(!existsSync(seed))(
    '[I7] the real post gives 7 themes and 18 recommendations in every format, and itself again',
    async () => {
      const forum = await store(readFileSync(seed, 'utf8'));
      const model = await outcomes.assemble(forum);
      expect(parseOutcomeDocument(JSON.parse(JSON.stringify(model)))).toEqual(JSON.parse(JSON.stringify(model)));
      expect(model.themes.map(({ recommendations }) => recommendations.map(({ number }) => number))).toEqual(
        [2, 3, 2, 2, 3, 3, 3].map((count, theme) =>
          Array.from({ length: count }, (_, index) => `${theme + 1}.${index + 1}`),
        ),
      );
      for (const format of OUTCOME_FORMATS) {
        const file = await outcomes.export(forum, format);
        expect(file.bytes.length).toBeGreaterThan(1_000);
        expect(file.filename).toMatch(new RegExp(String.raw`^${forum.slug}\.`));
        if (format !== 'wordpress') continue;
        const again = await store(new TextDecoder().decode(file.bytes));
        expect(withoutIds(await outcomes.assemble(again))).toEqual(withoutIds(model));
      }
    },
  );
});
