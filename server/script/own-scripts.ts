import type { AccountId, ScriptId } from '#domain/ids.ts';
import type { ByLanguage } from '#domain/languages/by-language.ts';
import { LIMITS } from '#domain/limits.ts';
import { accepted, refused, type Refusal, type Result } from '#domain/refusal.ts';
import type { ScriptProblem } from '#protocol/script-problem.ts';
import type { ScriptFile } from '#protocol/script-schema.ts';
import { randomId } from '#server/auth/tokens.ts';
import type { OwnScript, ScriptsFull, ScriptStore } from '#server/storage/ports/scripts.ts';
import { checkScript } from './check-script.ts';
import { library } from './library.ts';

/** What was sent in vain: refused, or a script that cannot be one. */
export type Unsaved = { readonly refusal: Refusal } | { readonly problems: readonly ScriptProblem[] };
export type Saved = { readonly saved: OwnScript } | Unsaved;

/** What `newId` makes for each form. */
const FORM_ID = /^[a-z0-9]{24}$/;
const LONGEST_STEM = 1_900; // characters; a title has up to 2,000
const UNKNOWN: Refusal = { kind: 'scriptUnknown' };

/** Organizers' own libraries. Every script in them was checked; nobody reads or changes another's. */
export class OwnScripts {
  readonly #store: ScriptStore;
  readonly #clock: () => number;

  constructor(store: ScriptStore, clock: () => number) {
    this.#store = store;
    this.#clock = clock;
  }

  of(account: AccountId): ReturnType<ScriptStore['ofAccount']> {
    return this.#store.ofAccount(account);
  }

  one(account: AccountId, id: string): Promise<OwnScript | null> {
    return this.#store.own(account, id as ScriptId);
  }

  /** From a file that anybody wrote. `form`: one that is sent again after a lost answer adds one script. */
  async add(account: AccountId, json: unknown, form: string): Promise<Saved> {
    const { script, problems } = checkScript(json);
    if (!script || problems.length > 0) return { problems };
    return this.#insert(account, script, form);
  }

  /** A copy of one's own, or of one that comes with Dastarkhan, under a title that none of one's own has. */
  async copy(account: AccountId, of: string, form: string): Promise<Saved> {
    const source = (await this.one(account, of))?.script ?? library().find(({ id }) => id === of);
    if (!source) return { refusal: UNKNOWN };
    const { kept } = await this.of(account);
    const script = { ...source, title: freeTitle(source.title, kept) };
    return this.#insert(account, script, form);
  }

  /** On top of the version that it began from. `scriptSavedElsewhere`: somebody has saved another since. */
  async save(account: AccountId, id: string, was: number, json: unknown): Promise<Saved> {
    const { script, problems } = checkScript(json);
    const stored = await this.one(account, id);
    if (!stored) return { refusal: UNKNOWN };
    if (!script || problems.length > 0) return { problems };
    const { id: _, ...written } = script;
    // sent again after an answer that was lost
    if (stored.version === was + 1 && isSame(stored.script, written)) return { saved: stored };
    if (stored.version !== was) return { refusal: { kind: 'scriptSavedElsewhere' } };
    const saved: OwnScript = { ...stored, version: was + 1, script: written, changedAt: this.#clock() };
    const done = await this.#store.update(saved);
    if (done === 'conflict') return { refusal: { kind: 'scriptSavedElsewhere' } };
    return done === 'stored' ? { saved } : { refusal: full(done) };
  }

  async remove(account: AccountId, id: string): Promise<Result<null>> {
    const isGone = await this.#store.remove(account, id as ScriptId, this.#clock());
    return isGone ? accepted(null) : refused(UNKNOWN);
  }

  async bringBack(account: AccountId, id: string): Promise<Result<null>> {
    const done = await this.#store.bringBack(account, id as ScriptId);
    if (done === 'stored') return accepted(null);
    return refused(done === 'unknown' ? UNKNOWN : full(done));
  }

  async #insert(account: AccountId, script: ScriptFile, form: string): Promise<Saved> {
    const id = (FORM_ID.test(form) ? form : randomId(24)) as ScriptId;
    const { id: _, ...written } = script;
    const saved: OwnScript = { id, account, version: 1, script: written, changedAt: this.#clock() };
    const done = await this.#store.insert(saved);
    if (done === 'stored') return { saved };
    if (done !== 'known') return { refusal: full(done) };
    const known = await this.one(account, id);
    if (known && isSameSteps(known.script, written)) return { saved: known };
    return this.#insert(account, script, ''); // a page that was kept has sent another with the number of an earlier one
  }
}

function full(what: ScriptsFull): Refusal {
  const { scriptsOfAccount, bytesOfScripts } = LIMITS;
  return what === 'tooMany'
    ? { kind: 'limitReached', what: 'scripts', most: scriptsOfAccount.most, field: 'scripts' }
    : { kind: 'scriptsTooLarge', most: bytesOfScripts.most };
}

/** In each language the title, or `title 2`, `title 3` … */
function freeTitle(title: ByLanguage, kept: readonly OwnScript[]): Record<string, string> {
  const taken = new Set(kept.flatMap(({ script }) => Object.values(script.title)));
  const numbered = (number: number) =>
    Object.fromEntries(
      Object.entries(title).map(([lang, text]) => [lang, number === 1 ? text : `${stemOf(text)} ${number}`]),
    );
  for (let number = 1; ; number += 1) {
    const free = numbered(number);
    if (!Object.values(free).some((text) => taken.has(text))) return free;
  }
}

/** Without the number of a copy; short enough for another. */
const stemOf = (title: string): string => title.replace(/ \d{1,2}$/, '').slice(0, LONGEST_STEM);

const isSameSteps = (one: ScriptFile, other: ScriptFile): boolean =>
  JSON.stringify(one.steps) === JSON.stringify(other.steps);
const isSame = (one: ScriptFile, other: ScriptFile): boolean => JSON.stringify(one) === JSON.stringify(other);
