import { inLanguage, type ByLanguage } from '#domain/languages/by-language.ts';
import type { AnyStepKind } from '#domain/script/step.ts';
import type { Translate } from '#lib/i18n/text.ts';

interface NamedStep {
  readonly kind: AnyStepKind;
  readonly title?: ByLanguage;
}

/** A step as its script calls it, else as people call its kind. A kind without a message is a type error here. */
export const stepName = (t: Translate, { kind, title }: NamedStep): string =>
  inLanguage(title, [t.locale])?.text ?? t(`control.step.${kind}`);
