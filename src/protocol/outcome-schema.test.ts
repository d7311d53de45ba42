import { describe, expect, expectTypeOf, test } from 'vitest';
import * as v from 'valibot';
import { assembleOutcome } from '#domain/outcome/assemble.ts';
import type { OutcomeDocument } from '#domain/outcome/document.ts';
import { sources } from '../../tests/integration/outcome-sample.ts';
import type { OutcomeDocumentSchema } from './outcome-schema.ts';
import { parseOutcomeDocument } from './outcome-schema.ts';

const document = assembleOutcome(sources);

describe('the documented shape of an exported outcome', () => {
  test('[O12] parses exactly the model', () => {
    expect(parseOutcomeDocument(JSON.parse(JSON.stringify(document)))).toEqual(document);
    expectTypeOf<v.InferOutput<typeof OutcomeDocumentSchema>>().toEqualTypeOf<OutcomeDocument>();
  });

  test('[O63] takes a document of a time when merged items were left out', () => {
    const old = JSON.parse(JSON.stringify(document, (key, value: unknown) => (key === 'merged' ? undefined : value)));
    expect(parseOutcomeDocument(old)).toEqual(document);
  });

  test.each([
    ['an unknown field', { ...document, extra: 1 }],
    ['a script for a link', { ...document, organisers: [{ name: 'x', url: 'javascript:alert(1)' }] }],
    ['a country that is no code', { ...document, countries: ['Kyrgyzstan'] }],
    ['another model', { ...document, model: 2 }],
    ['a missing part', { ...document, notes: undefined }],
  ])('[O12] refuses %s', (_, wrong) => {
    expect(() => parseOutcomeDocument(wrong)).toThrow(v.ValiError);
  });
});
