import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { SCRIPT_FORMAT } from '#protocol/script-schema.ts';

/** A workshop's script as a file. What was skipped or parked in it stays, before what closes the whole: that was of this one time. `title`: for one that has none. */
export function scriptFileOf(state: Pick<WorkshopState, 'script' | 'parked' | 'chosen'>, title: ByLanguage): object {
  const { id: _, ...file } = scriptAgain(state, title);
  return { script: SCRIPT_FORMAT, ...file };
}

/** The same for another workshop to begin with. */
export function scriptAgain(
  { script, parked = [], chosen }: Pick<WorkshopState, 'script' | 'parked' | 'chosen'>,
  title: ByLanguage,
): GivenScript {
  const end = script.at(-1)?.kind === 'close' ? script.length - 1 : script.length;
  return {
    id: chosen?.script ?? null,
    title: chosen?.title ?? title,
    steps: [...script.slice(0, end), ...parked, ...script.slice(end)].map(
      ({ isSkipped: _, isInserted: __, ...step }) => step,
    ),
  };
}
