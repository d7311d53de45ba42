import type { Forum } from '#domain/forum/forum.ts';
import type { ForumId } from '#domain/ids.ts';
import { LIMITS } from '#domain/limits.ts';
import { refused, type Result } from '#domain/refusal.ts';
import { Tries } from '#server/auth/tries.ts';
import { addressGroup } from '#server/http/client-address.ts';
import type { Forums } from './forums.ts';

const CODE_FORGIVEN_AFTER = 60_000 / LIMITS.codesEverywhere.most;
/** Addresses remembered at most; the one that was longest without a guest is forgotten first. */
const HALLS = 10_000;
/** Several forums may meet behind one router; more than an account can make are not one house's. */
const FORUMS_AT_ONE_ADDRESS = 300;

/** The codes that open forums, and how fast they may be guessed. */
export class JoinCodes {
  readonly #forums: Pick<Forums, 'byJoinCode'>;
  readonly #tries: Tries;
  readonly #everywhere: Tries;
  /** The forums in which people at an address took seats, the latest last. In memory: a restart forgets failures too. */
  readonly #halls = new Map<string, Set<ForumId>>();

  constructor(forums: Pick<Forums, 'byJoinCode'>, clock: () => number) {
    this.#forums = forums;
    this.#tries = new Tries(clock);
    this.#everywhere = new Tries(clock, { free: LIMITS.codesEverywhere.most, forgivenAfter: CODE_FORGIVEN_AFTER });
  }

  /** The forum that a code opens, with wrong codes counted against the address. */
  async forumOf(code: string, address: string): Promise<Result<Forum>> {
    const place = addressGroup(address);
    const seconds = this.#codeWait(place);
    const forum = await this.#forums.byJoinCode(code);
    // Whoever guesses in a hall must not keep its guests out: a code by which people at this address sit already tells
    // a guesser there nothing new. Every other answer waits.
    if (seconds > 0 && !(forum.ok && this.#halls.get(place)?.has(forum.value.id))) {
      return refused({ kind: 'tooManyTries', seconds });
    }
    if (!forum.ok && forum.refusal.kind === 'codeUnknown') {
      this.#tries.failed(place);
      this.#everywhere.failed('codes');
    }
    return forum;
  }

  /** Somebody at the address took a seat in the forum. */
  sits(from: string, forum: ForumId): void {
    const address = addressGroup(from);
    const here = this.#halls.get(address) ?? new Set<ForumId>();
    this.#halls.delete(address);
    this.#halls.set(address, here.add(forum));
    if (here.size > FORUMS_AT_ONE_ADDRESS) here.delete(here.values().next().value!);
    if (this.#halls.size > HALLS) this.#halls.delete(this.#halls.keys().next().value!);
  }

  /** While codes are guessed from everywhere, whoever failed at all has to wait; who has not is let in by the first right code. */
  #codeWait(place: string): number {
    const seconds = this.#tries.wait(place);
    return seconds > 0 || this.#tries.failures(place) === 0 ? seconds : this.#everywhere.wait('codes');
  }
}
