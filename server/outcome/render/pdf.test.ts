import { describe, expect, test } from 'vitest';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { textOfBlocks } from '#domain/languages/text.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import type { Standard, Typeset } from '../pdf/typeset.ts';
import { renderPdf } from './pdf.ts';
import { OUTCOME_FORMATS, RENDERERS, renderOutcome, type Renderers } from './render.ts';

const document = assembleOutcome(sources);
const made: Typeset = { kind: 'made', bytes: new Uint8Array([1]) };
const refused: Typeset = { kind: 'refused', problem: 'of its own' };

/** An engine that refuses what it is told to, and remembers what it was given. */
async function render(refuses: (input: string, standard: Standard) => boolean) {
  const inputs: string[] = [];
  const typesetter = (input: string, standard: Standard) => {
    inputs.push(input);
    return refuses(input, standard) ? refused : made;
  };
  const pdf: Renderers['pdf'] = async (part, notes) => ({
    bytes: await renderPdf(part, notes, () => Promise.resolve(typesetter)),
    mime: 'application/pdf',
    extension: 'pdf',
  });
  return { ...(await renderOutcome(document, 'pdf', { ...RENDERERS, pdf })), inputs };
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
      { kind: 'textLeftOut', place: 'agenda' },
      { kind: 'textLeftOut', place: '1.2' },
    ]);
    const last = inputs.at(-1) ?? '';
    expect(last.split('This text could not be printed')).toHaveLength(3);
    for (const kept of ['one catalogue', 'Nargiza Orozova', 'ہم سب مل کر']) expect(last).toContain(kept);
    expect(inputs.length).toBeLessThan(80);
  });

  test('a document that is refused without any text is said to be', async () => {
    await expect(render(() => true)).rejects.toThrow(expect.objectContaining({ name: 'TypesetError' }));
  });
});

describe('[O64] a text over which a renderer throws', () => {
  test.each(OUTCOME_FORMATS.filter((format) => format !== 'json'))(
    'costs itself and not the file: %s',
    async (format) => {
      const throwing: Renderers[typeof format] = async (part, notes) => {
        const all = part.themes.flatMap(({ recommendations }) =>
          recommendations.map(({ blocks }) => textOfBlocks(blocks)),
        );
        if (all.some((text) => text.includes('Передвижная'))) throw new Error('stumbled');
        return RENDERERS[format](part, notes);
      };
      const { bytes, notes } = await renderOutcome(document, format, { ...RENDERERS, [format]: throwing });
      expect(notes).toEqual([{ kind: 'textLeftOut', place: '1.2' }]);
      expect(bytes.length).toBeGreaterThan(500);
    },
  );
});
