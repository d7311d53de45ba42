import { describe, expect, test } from 'vitest';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import type { Standard, Typeset } from '../pdf/typeset.ts';
import { Notes } from './notes.ts';
import { renderPdf } from './pdf.ts';

const document = assembleOutcome(sources);
const made: Typeset = { kind: 'made', bytes: new Uint8Array([1]) };
const refused: Typeset = { kind: 'refused', problem: 'of its own' };

/** An engine that refuses what it is told to, and remembers what it was given. */
async function render(refuses: (input: string, standard: Standard) => boolean) {
  const notes = new Notes();
  const inputs: string[] = [];
  const bytes = renderPdf(document, notes, async () => (input, standard) => {
    inputs.push(input);
    return refuses(input, standard) ? refused : made;
  });
  return { bytes: await bytes, notes: notes.list, inputs };
}

describe('[O64] what the typesetter refuses costs as little as can be', () => {
  test('nothing when it refuses nothing', async () => {
    expect(await render(() => false)).toMatchObject({ notes: [], inputs: { length: 1 } });
  });

  test('the tags, when it refuses them', async () => {
    const { notes } = await render((_, standard) => standard === 'ua-1');
    expect(notes).toEqual([{ kind: 'tagsMissing' }]);
  });

  test('the texts that it stumbles over, in sight, and no other', async () => {
    const { notes, inputs, bytes } = await render(
      (input) => input.includes('Передвижная') || input.includes('Faisal Khan'),
    );
    expect(bytes).toEqual(new Uint8Array([1]));
    expect(notes).toEqual([
      { kind: 'tagsMissing' },
      { kind: 'textLeftOut', place: 'agenda' },
      { kind: 'textLeftOut', place: '1.2' },
    ]);
    const last = inputs.at(-1) ?? '';
    expect(last.split('This text could not be printed')).toHaveLength(3);
    for (const kept of ['one catalogue', 'Nargiza Orozova', 'ہم سب مل کر']) expect(last).toContain(kept);
    expect(inputs.length).toBeLessThan(40);
  });

  test('a document that is refused without any text is said to be', async () => {
    await expect(render(() => true)).rejects.toThrow('of its own');
  });
});
