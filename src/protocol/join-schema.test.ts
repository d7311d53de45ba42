import { expect, test } from 'vitest';
import { parseJoin } from './join-schema.ts';

test('[S22] code and name are enough; more may be said, and what is not known is dropped', () => {
  expect(parseJoin({ code: 'K7RMP2XA', name: 'Aida' })).toEqual({
    ok: true,
    value: { code: 'K7RMP2XA', name: 'Aida' },
  });
  const full = { code: 'a', name: 'b', country: 'KZ', organisation: null, language: 'kk' };
  expect(parseJoin({ ...full, role: 'organizer', token: 'x' })).toEqual({ ok: true, value: full });
});

test.each([
  [{ name: 'Aida' }, 'fieldMissing', 'code'],
  [{ code: 'K7RMP2XA' }, 'fieldMissing', 'name'],
  [{ code: 7, name: 'Aida' }, 'fieldInvalid', 'code'],
  [{ code: 'K7RMP2XA', name: 'x'.repeat(501) }, 'fieldInvalid', 'name'],
  [{ code: 'K7RMP2XA', name: 'Aida', country: ['KZ'] }, 'fieldInvalid', 'country'],
  [null, 'fieldInvalid', 'body'],
  ['K7RMP2XA', 'fieldInvalid', 'body'],
])('[S22] %j is refused for the field that is wrong', (body, kind, field) => {
  const parsed = parseJoin(body);
  expect(parsed.ok ? null : parsed.refusal).toMatchObject({ kind, field });
});
