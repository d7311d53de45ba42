import { describe, expect, test } from 'vitest';
import { sources } from '../../../tests/integration/outcome-sample.ts';
import { hostileOutcome } from '../../../tests/integration/hostile-outcome.ts';
import { assembleOutcome } from './assemble.ts';
import { mapTexts } from './texts.ts';

describe('[O60] every text that people wrote is reached', () => {
  test('what is left of a document without its texts has none', () => {
    const emptied = mapTexts(hostileOutcome(['canary', 'canary']), () => '');
    const withoutAddresses = JSON.stringify(emptied).replace(/"(?:https?|mailto):[^"]*"/g, '""');
    expect(withoutAddresses).not.toContain('canary');
  });

  test('nothing else changes', () => {
    const document = assembleOutcome(sources);
    expect(mapTexts(document, (text) => text)).toEqual(document);
  });

  test('each text knows its clause, theme or part', () => {
    const places = new Set<string>();
    mapTexts(assembleOutcome(sources), (text, place) => (places.add(place), text));
    expect([...places]).toEqual(
      expect.arrayContaining(
        [
          'title',
          'place',
          'organisers',
          'preamble',
          'agenda',
          '1',
          '1.1',
          '2.1',
          'closing',
          'participants',
          'parkingLot',
          'notes',
        ].filter((place) => place !== 'participants'),
      ),
    );
  });
});
