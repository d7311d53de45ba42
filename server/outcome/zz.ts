import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { importOutcome } from './import/import-outcome.ts';
import { boardsOf } from './import/imported.ts';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { renderOutcome, OUTCOME_FORMATS } from './render/render.ts';
const [, , file, out, fmt] = process.argv;
const r = importOutcome(readFileSync(file!, 'utf8'));
if (!r.ok) throw new Error(JSON.stringify(r));
let n = 0;
const v = r.value;
const rooms = [{ id: 'room1', name: 'Plenary' }];
const doc = assembleOutcome({
  forum: { ...v.details, id: 'f' as any, slug: v.slug, version: 1, joinCode: 'x', joinCodeExpiresAt: null },
  boards: boardsOf(v, rooms, () => `id${++n}`),
  draft: v.draft,
  people: [],
});
mkdirSync(out!, { recursive: true });
for (const f of (fmt?.split(',') ?? OUTCOME_FORMATS) as any) {
  const t = performance.now();
  const { bytes, extension } = await renderOutcome(doc, f);
  writeFileSync(`${out}/o.${extension}`, bytes);
  console.log(f, bytes.length, Math.round(performance.now() - t), 'ms');
}
