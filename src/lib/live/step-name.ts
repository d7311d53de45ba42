import { inLanguage, type ByLanguage } from '#domain/languages/by-language.ts';
import type { Text } from '#domain/languages/text.ts';
import type { AnyStepKind } from '#domain/script/step.ts';
import type { Translate } from '#lib/i18n/text.ts';

interface NamedStep {
  readonly kind: AnyStepKind;
  readonly title?: ByLanguage;
}

/** A step as its script calls it, else as people call its kind. A kind without a message is a type error here. */
export const stepTitle = (t: Translate, { kind, title }: NamedStep): Text =>
  inLanguage(title, [t.locale]) ?? { text: t(`control.step.${kind}`), lang: t.locale };

export const stepName = (t: Translate, step: NamedStep): string => stepTitle(t, step).text;
