import type { Refusal } from '#domain/refusal.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** A refusal as a kind sentence. A kind without a message is a type error here. */
export function refusalText(t: Translate, refusal: Refusal): string {
  const { kind, ...values } = refusal;
  return t(`refusal.${kind}`, values);
}

/** The sentence for the field that a refusal is about, or undefined: `error={refusedField(t, form?.refusal, 'name')}`. */
export function refusedField(t: Translate, refusal: Refusal | null | undefined, field: string): string | undefined {
  if (!refusal || fieldOf(refusal) !== field) return undefined;
  return refusalText(t, refusal);
}

/** Which field of a form a refusal belongs to; null when it is about the whole. */
export function fieldOf(refusal: Refusal): string | null {
  switch (refusal.kind) {
    case 'fieldMissing':
    case 'fieldInvalid':
    case 'limitReached':
      return refusal.field;
    case 'emailTaken':
      return 'email';
    case 'passwordWrong':
    case 'passwordTooShort':
      return 'password';
    case 'currentPasswordWrong':
      return 'current';
    case 'codeUnknown':
    case 'codeExpired':
      return 'code';
    default:
      return null;
  }
}
