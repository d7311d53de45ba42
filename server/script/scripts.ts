import type { AccountId } from '#domain/ids.ts';
import type { ByLanguage } from '#domain/languages/by-language.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import type { ScriptStore } from '#server/storage/ports/scripts.ts';
import { checkScript } from './check-script.ts';
import { givenScript } from './given-script.ts';
import { library } from './library.ts';
import { OwnScripts } from './own-scripts.ts';
import { scriptAgain, scriptFileOf } from './script-file.ts';

/** Scripts as pages need them. */
export class Scripts {
  readonly own: OwnScripts;

  constructor(store: ScriptStore, clock: () => number) {
    this.own = new OwnScripts(store, clock);
  }

  get library(): ReturnType<typeof library> {
    return library();
  }

  /** What was read from a file, or all that is wrong with it. */
  read(json: unknown): { readonly given: GivenScript } | { readonly problems: readonly ScriptProblem[] } {
    const { script, problems } = checkScript(json);
    return script && problems.length === 0 ? { given: givenScript(script) } : { problems };
  }

  /** One of somebody's own, to begin a workshop with: read anew, as what a script may hold changes with the program. */
  async given(account: AccountId, id: string): Promise<GivenScript | null> {
    const own = await this.own.one(account, id);
    const read = own && this.read(own.script);
    return read && 'given' in read ? { ...read.given, id } : null;
  }

  /** A workshop's script, for another one to begin with. `title`: for one that has none. */
  again(state: WorkshopState, title: ByLanguage): GivenScript {
    return scriptAgain(state, title);
  }

  file(state: WorkshopState, title: ByLanguage): object {
    return scriptFileOf(state, title);
  }
}
