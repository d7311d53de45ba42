import type { Seat } from '#domain/forum/seat.ts';
import type { AccountId, SeatId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import type { Account, LinkPurpose, PasswordLink } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { hashPassword, refusedPassword, whenFree } from './passwords.ts';
import { hashToken, newToken } from './tokens.ts';

const LINK_LASTS = 86_400_000; // ms: a day

interface Parts {
  readonly storage: Pick<Storage, 'accounts' | 'people'>;
  readonly clock: () => number;
  /** Hears which sessions have ended. */
  readonly passes: { end(hashes: Iterable<string>): void };
}

/** How an account gets another password: by its owner, by the operator, or by a link of an organizer who vouches for its owner. */
export class NewPasswords {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Ends every session of the account but the one with this token. Who asks has proved to be the owner. */
  async set(account: AccountId, password: string, keep: string | null): Promise<Result<null>> {
    const unfit = refusedPassword(password);
    if (unfit) return refused(unfit);
    const hashed = await whenFree(() => hashPassword(password));
    if (!hashed.ok) return hashed;
    const { accounts } = this.#parts.storage;
    this.#parts.passes.end(await accounts.setPassword(account, hashed.value, keep && hashToken(keep)));
    return accepted(null);
  }

  /**
   * A token for a link with which the owner of a seat's account sets a new password, good once within a day. Refused unless every seat of
   * the account is in forums that `by` organizes: who could vouch for more would take over other organizers' accounts.
   */
  async vouch(by: Seat, seat: Seat): Promise<Result<string>> {
    if (!(await this.mayVouch(by, seat)) || seat.accountId === null) return refused({ kind: 'notAllowed' });
    const token = newToken();
    const now = this.#parts.clock();
    const purpose: LinkPurpose = { kind: 'newPassword', account: seat.accountId, by: by.id };
    await this.#parts.storage.accounts.addLink(hashToken(token), purpose, now + LINK_LASTS, now);
    return accepted(token);
  }

  async mayVouch(by: Seat, seat: Seat): Promise<boolean> {
    if (by.role !== 'organizer' || by.accountId === null || by.removedAt !== null) return false;
    if (seat.accountId === null || seat.accountId === by.accountId || seat.removedAt !== null) return false;
    const { accounts } = this.#parts.storage;
    const own = (await accounts.seats(by.accountId)).filter(
      ({ role, removedAt }) => role === 'organizer' && removedAt === null,
    );
    const organized = new Set(own.map(({ forumId }) => forumId));
    // Removed seats count: what somebody may come back to is not this organizer's to open.
    return (await accounts.seats(seat.accountId)).every(({ forumId }) => organized.has(forumId));
  }

  /** Whose password the link sets, without spending it. */
  async ofLink(token: string): Promise<Result<Account>> {
    const link = await this.#parts.storage.accounts.link(hashToken(token));
    if (link?.purpose.kind !== 'newPassword') return refused({ kind: 'linkUnknown' });
    if (link.spentAt !== null) return refused({ kind: 'linkTaken' });
    if (link.expiresAt <= this.#parts.clock()) return refused({ kind: 'linkUnknown' });
    const account = await this.#parts.storage.accounts.byId(link.purpose.account);
    // What was true when the link was made may be so no more: somebody became an organizer elsewhere, or the voucher none.
    const isGood = account && (await this.#stillVouched(link.purpose.by, account.id));
    return isGood ? accepted(account) : refused({ kind: 'linkUnknown' });
  }

  /** Spends the link. */
  async claim(token: string, password: string): Promise<Result<Account>> {
    const account = await this.ofLink(token);
    if (!account.ok) return account;
    const unfit = refusedPassword(password);
    if (unfit) return refused(unfit);
    const hashed = await whenFree(() => hashPassword(password, 'fresh'));
    if (!hashed.ok) return hashed;
    const { accounts } = this.#parts.storage;
    if (!(await accounts.spendLink(hashToken(token), this.#parts.clock()))) return refused({ kind: 'linkTaken' });
    this.#parts.passes.end(await accounts.setPassword(account.value.id, hashed.value, null));
    return account;
  }

  /** Links for this account that are known still, the latest first: its owner sees that somebody made one. */
  links(account: AccountId): Promise<PasswordLink[]> {
    return this.#parts.storage.accounts.passwordLinks(account);
  }

  async #stillVouched(by: SeatId, account: AccountId): Promise<boolean> {
    const voucher = await this.#parts.storage.people.seat(by);
    const seat = (await this.#parts.storage.accounts.seats(account)).find(({ removedAt }) => removedAt === null);
    return voucher !== null && seat !== undefined && this.mayVouch(voucher, seat);
  }
}
