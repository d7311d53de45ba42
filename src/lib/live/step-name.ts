import type { StepKind } from '#domain/script/step.ts';
import type { Translate } from '#lib/i18n/text.ts';

/** A step as people call it. A kind without a message is a type error here. */
export const stepName = (t: Translate, kind: StepKind): string => t(`control.step.${kind}`);
