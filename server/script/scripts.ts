import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import { checkScript } from './check-script.ts';
import { givenScript } from './given-script.ts';
import { library } from './library.ts';
import { scriptFileOf } from './script-file.ts';

/** Scripts as pages need them. */
export class Scripts {
  get library(): ReturnType<typeof library> {
    return library();
  }

  /** What was read from a file, or all that is wrong with it. */
  read(json: unknown): { readonly given: GivenScript } | { readonly problems: readonly ScriptProblem[] } {
    const { script, problems } = checkScript(json);
    return script && problems.length === 0 ? { given: givenScript(script) } : { problems };
  }

  file(state: WorkshopState, title: ByLanguage): object {
    return scriptFileOf(state, title);
  }
}
