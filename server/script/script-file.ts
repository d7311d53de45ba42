import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { SCRIPT_FORMAT } from '#protocol/script-schema.ts';

/** A workshop's script as a file. What was skipped in it stays: that was of this one time. `title`: for one that has none. */
export function scriptFileOf(state: Pick<WorkshopState, 'script' | 'chosen'>, title: ByLanguage): object {
  const { id: _, ...file } = scriptAgain(state, title);
  return { script: SCRIPT_FORMAT, ...file };
}

/** The same for another workshop to begin with. */
export function scriptAgain(
  { script, chosen }: Pick<WorkshopState, 'script' | 'chosen'>,
  title: ByLanguage,
): GivenScript {
  return {
    id: chosen?.script ?? null,
    title: chosen?.title ?? title,
    steps: script.map(({ isSkipped: _, isInserted: __, ...step }) => step),
  };
}
