import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import { Maker } from './maker.ts';
import { SearchingMaker } from './searching-maker.ts';

const STUMBLING = fileURLToPath(new URL('../../../tests/integration/makers/stumbling-maker.ts', import.meta.url));
const json = new TextEncoder().encode(JSON.stringify(assembleOutcome(sources)));

let maker: SearchingMaker | null = null;
afterEach(() => {
  maker?.end();
  delete process.env.STUMBLES_OVER;
});

function stumblingOver(...words: string[]): SearchingMaker {
  process.env.STUMBLES_OVER = words.join(',');
  return (maker = new SearchingMaker(new Maker({ seconds: 60, megabytes: 1_000 }, STUMBLING), { seconds: 60 }));
}

describe('[O68] a text over which the process ends', () => {
  test('costs itself, is named, and no other is', async () => {
    const { bytes, notes } = await stumblingOver('Передвижная', 'Faisal Khan').make({ json, format: 'md' });
    expect(notes).toEqual([
      { kind: 'textLeftOut', place: 'agenda' },
      { kind: 'textLeftOut', place: '1.2' },
    ]);
    const text = new TextDecoder().decode(bytes);
    expect(text.split('This text could not be printed')).toHaveLength(3);
    for (const kept of ['one catalogue', 'Nargiza Orozova', 'ہم سب مل کر']) expect(text).toContain(kept);
    expect(text).not.toContain('Передвижная');
  });

  test('leaves the maker taken until it is found', async () => {
    const making = stumblingOver('Передвижная').make({ json, format: 'md' });
    const seen = new Set<boolean>();
    const look = setInterval(() => seen.add(maker!.isBusy), 1);
    await making.finally(() => clearInterval(look));
    expect([...seen]).toEqual([true]);
    expect(maker!.isBusy).toBe(false);
  });

  test('a document that ends the process without any text is refused', async () => {
    await expect(stumblingOver('{').make({ json, format: 'md' })).rejects.toMatchObject({ name: 'ExportEnded' });
  });

  test('a maker that is closed searches no more', async () => {
    const making = stumblingOver('Передвижная').make({ json, format: 'md' });
    setTimeout(() => maker!.end(), 500);
    await expect(making).rejects.toMatchObject({ name: 'ExportEnded' });
  });
});
