import { inLanguage, type ByLanguage } from '#domain/languages/by-language.ts';
import type { Language } from '#domain/languages/language.ts';
import type { Text } from '#domain/languages/text.ts';
import { isPlayable, minutesOf, type AnyStepKind } from '#domain/script/step.ts';

export interface ShownStep {
  readonly kind: AnyStepKind;
  readonly title: Text | null;
  readonly minutes: number | null;
  /** Wall-clock time that the script keeps to. */
  readonly startsAt?: string;
  /** Minutes that have passed when it begins; null: it is passed over, and takes none. */
  readonly after: number | null;
  readonly isPlayable: boolean;
  readonly isSkipped: boolean;
}

/** A script as somebody looks at it before choosing it. */
export interface ShownScript {
  readonly id: string;
  readonly title: Text;
  readonly about: Text | null;
  /** Of the steps that are run. */
  readonly minutes: number;
  readonly steps: readonly ShownStep[];
}

interface WrittenStep {
  readonly kind: AnyStepKind;
  readonly title?: ByLanguage | undefined;
  readonly minutes: number | null;
  readonly startsAt?: string | undefined;
  readonly isSkipped?: true | undefined;
}

export interface WrittenScript {
  readonly id: string;
  readonly title: ByLanguage;
  readonly about?: ByLanguage | undefined;
  readonly steps: readonly WrittenStep[];
}

/** In the first of these languages that it has. */
export function shownScript({ id, title, about, steps }: WrittenScript, languages: readonly Language[]): ShownScript {
  const isRun = ({ kind, isSkipped }: WrittenStep) => isPlayable(kind) && !isSkipped;
  return {
    id,
    title: inLanguage(title, languages) ?? { text: id, lang: 'und' },
    about: inLanguage(about, languages),
    minutes: minutesOf(steps.filter(isRun)),
    steps: steps.map((step, index) => ({
      kind: step.kind,
      title: inLanguage(step.title, languages),
      minutes: step.minutes,
      ...(step.startsAt && { startsAt: step.startsAt }),
      after: isRun(step) ? minutesOf(steps.slice(0, index).filter(isRun)) : null,
      isPlayable: isPlayable(step.kind),
      isSkipped: step.isSkipped === true,
    })),
  };
}

const DAY = 24 * 60; // minutes

/** Wall-clock time so many minutes after another, `HH:MM`; without one as a length, `1:05`. */
export function timeAfter(startsAt: string | undefined, minutes: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const [, hours, rest] = /^(\d\d):(\d\d)$/.exec(startsAt ?? '') ?? [];
  if (hours === undefined) return `${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
  const at = (Number(hours) * 60 + Number(rest) + minutes) % DAY;
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
}
