import { createHash } from 'node:crypto';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { OUTCOME_FORMATS, renderOutcome } from '#server/outcome/render/render.ts';
import { hostileOutcome } from './hostile-outcome.ts';
import { HOSTILE_STRINGS } from './hostile-strings.ts';
import { sources } from './outcome-sample.ts';

/** Run by itself: SHA-256 of every format, for comparing what two machines make of one document. */
const documents = {
  sample: assembleOutcome(sources),
  hostile: hostileOutcome(HOSTILE_STRINGS.map((text) => text.slice(0, 40))),
};
const hashes: Record<string, string> = {};
for (const [name, document] of Object.entries(documents)) {
  for (const format of OUTCOME_FORMATS) {
    const { bytes } = await renderOutcome(document, format);
    hashes[`${name}.${format}`] = createHash('sha256').update(bytes).digest('hex');
  }
}
process.stdout.write(JSON.stringify(hashes));
