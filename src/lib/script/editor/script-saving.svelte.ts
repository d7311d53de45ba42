import { mergeDraft, withValue, type Clash } from '#lib/forum/merge-draft.ts';
import { newId } from '#lib/new-id.ts';
import type { DraftScript } from './draft-script.ts';
import type { ScriptDraft } from './script-draft.svelte.ts';
import type { Answer, ScriptSender } from './send-script.ts';
import type { Unsaved } from './unsaved.ts';

/** Saves a script that somebody writes. What others have saved meanwhile comes together with it, and is looked at before it is saved. */
export class ScriptSaving {
  readonly #draft: ScriptDraft;
  readonly #sender: ScriptSender;
  readonly #clock: () => number;
  #version = $state(0);
  #isSending = $state(false);
  #savedAt = $state<number | null>(null);
  #answer = $state.raw<Answer | null>(null);
  #clashes = $state.raw<readonly Clash[] | null>(null);
  #isGone = $state(false);
  /** Of these words: sent as a new one again, after a lost answer, it is one script. */
  #form: { readonly id: string; readonly of: string } | null = null;

  constructor(
    draft: ScriptDraft,
    stored: { readonly version: number; readonly isGone: boolean },
    sender: ScriptSender,
    clock: () => number,
  ) {
    this.#draft = draft;
    this.#version = stored.version;
    this.#isGone = stored.isGone;
    this.#sender = sender;
    this.#clock = clock;
  }

  /** What the draft began from. */
  get version(): number {
    return this.#version;
  }
  get isSending(): boolean {
    return this.#isSending;
  }
  get savedAt(): number | null {
    return this.#savedAt;
  }
  /** To the last that was sent; null while one is awaited. */
  get answer(): Answer | null {
    return this.#answer;
  }
  /** Somebody has deleted it: it can only be saved as another one. */
  get isGone(): boolean {
    return this.#isGone;
  }
  /** What two have changed in the same words, since it was brought together; null: nothing was. */
  get clashes(): readonly Clash[] | null {
    return this.#clashes;
  }

  /** What this device has kept. What was saved since is taken in, as if the page had stayed open. */
  restore({ version, base, script }: Unsaved): void {
    if (version < this.#version) this.#takeIn(script, base, this.#draft.saved);
    else this.#draft.change(script);
  }

  async save(): Promise<Answer | null> {
    const answer = await this.#send((sent) => this.#sender.save(sent, this.#version));
    if (answer?.kind === 'savedElsewhere') {
      this.#takeIn(this.#draft.script, this.#draft.saved, answer.script);
      this.#version = answer.version;
    }
    return answer;
  }

  /** As another one. */
  saveAsNew(): Promise<Answer | null> {
    return this.#send((sent) => {
      const of = JSON.stringify(sent);
      this.#form = this.#form?.of === of ? this.#form : { id: newId(), of };
      return this.#sender.add(sent, this.#form.id);
    });
  }

  /** Theirs instead of one's own. */
  takeTheirs(clash: Clash): void {
    this.#draft.change(withValue(this.#draft.script, clash.path, clash.stored));
    this.#clashes = this.#clashes?.filter((one) => one !== clash) ?? null;
  }

  /** Null: one is on its way. */
  async #send(way: (script: DraftScript) => Promise<Answer>): Promise<Answer | null> {
    if (this.#isSending) return null;
    const sent = this.#draft.script;
    this.#isSending = true;
    this.#answer = null;
    this.#clashes = null;
    const answer = await way(sent);
    if (answer.kind === 'saved' || answer.kind === 'added') {
      this.#version = answer.version;
      this.#savedAt = this.#clock();
      this.#isGone = false;
      this.#draft.keepAs(sent);
    }
    if (answer.kind === 'gone') this.#isGone = true;
    this.#answer = answer;
    this.#isSending = false;
    return answer;
  }

  #takeIn(mine: DraftScript, base: DraftScript, theirs: DraftScript): void {
    const { draft, clashes } = mergeDraft(base, mine, theirs);
    this.#draft.keepAs(theirs);
    this.#draft.change(draft);
    this.#clashes = clashes;
  }
}
