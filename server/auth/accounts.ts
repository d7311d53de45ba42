import type { Forum } from '#domain/forum/forum.ts';
import type { Person, Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId } from '#domain/ids.ts';
import { accepted, refused, type Result } from '#domain/refusal.ts';
import { readName } from '#server/forum/person-fields.ts';
import type { Account, LinkPurpose } from '#server/storage/ports/accounts.ts';
import type { Storage } from '#server/storage/ports/storage.ts';
import { hashPassword, passwordMatches, refusedPassword, whenFree } from './passwords.ts';
import { patiently } from './patience.ts';
import { SignInTries } from './sign-in-tries.ts';
import { hashToken, newToken, randomId } from './tokens.ts';

const SET_UP_DAYS = 7;
const DAY = 86_400_000;
const LONGEST_EMAIL = 254; // RFC 5321
/** Roles by what they may do: an invitation never takes rights away. */
const RANK: readonly Role[] = ['observer', 'participant', 'translator', 'facilitator', 'organizer'];

export interface Credentials {
  readonly email: string;
  readonly name: string;
  readonly password: string;
}

export interface Invitation {
  readonly forum: Forum;
  readonly role: Role;
}

/** Organizers and facilitators: how an account comes to be and how its owner proves to be it. */
export class Accounts {
  readonly #storage: Storage;
  readonly #clock: () => number;
  readonly #tries: SignInTries;
  readonly #seated: (forum: ForumId) => void;
  #setUp: { token: string; expiresAt: number } | null = null;

  /** `seated` hears of forums in which an accepted invitation made or raised a seat. */
  constructor(storage: Storage, clock: () => number, seated: (forum: ForumId) => void = () => undefined) {
    this.#storage = storage;
    this.#clock = clock;
    this.#seated = seated;
    this.#tries = new SignInTries(clock);
  }

  /** The token of the link that makes the first account; null once there is an account. The same until it is spent or expires. */
  async setUpLink(): Promise<string | null> {
    if ((await this.#storage.accounts.count()) > 0) return null;
    const now = this.#clock();
    if (this.#setUp && this.#setUp.expiresAt > now) return this.#setUp.token;
    const made = { token: newToken(), expiresAt: now + SET_UP_DAYS * DAY };
    await this.#storage.accounts.addLink(hashToken(made.token), { kind: 'setUp' }, made.expiresAt);
    this.#setUp = made;
    return made.token;
  }

  /** Whether the link still makes the first account, without spending it. */
  async setUpIsOpen(token: string): Promise<Result<null>> {
    const link = await this.#openLink(token, 'setUp');
    if (!link.ok) return link;
    return (await this.#storage.accounts.count()) > 0 ? refused({ kind: 'linkTaken' }) : accepted(null);
  }

  /** Makes the first account; `linkTaken` for everybody after. */
  async claimSetUp(token: string, credentials: Credentials): Promise<Result<Account>> {
    const open = await this.setUpIsOpen(token);
    if (!open.ok) return open;
    const made = await this.#prepare(credentials);
    if (!made.ok) return made;
    if (!(await this.#storage.accounts.spendLink(hashToken(token), this.#clock()))) {
      return refused({ kind: 'linkTaken' });
    }
    return this.#insert(made.value);
  }

  async create(credentials: Credentials): Promise<Result<Account>> {
    const made = await this.#prepare(credentials);
    return made.ok ? this.#insert(made.value) : made;
  }

  /**
   * `address`: where the request comes from; failed tries from there, and at the account, are slowed down. `mark`: the device's, from
   * `knowDevice`; who has one of this account is not slowed down by others.
   */
  async signIn(email: string, password: string, address: string, mark: string | null = null): Promise<Result<Account>> {
    const typed = email.trim().toLowerCase().slice(0, LONGEST_EMAIL);
    const seconds = mark === null ? this.#tries.wait(typed, address) : 0;
    if (seconds > 0) return refused({ kind: 'tooManyTries', seconds });
    const known = await this.#storage.accounts.byEmail(typed);
    const device = known && mark !== null && (await this.#isKnown(mark, known.account)) ? hashToken(mark) : null;
    const counted = this.#tries.begin({ email: typed, isAccount: known !== null, address, knownDevice: device });
    if ('seconds' in counted) return refused({ kind: 'tooManyTries', seconds: counted.seconds });
    const matches = await whenFree(() => passwordMatches(password, known?.passwordHash ?? null, counted.rank));
    if (!matches.ok) counted.unchecked();
    if (!matches.ok) return matches;
    if (!known || !matches.value) return refused({ kind: 'passwordWrong' });
    counted.right();
    return accepted(known.account);
  }

  /** `signIn` that does a short wait by itself: ten mistyped passwords cost seconds then, and no words. */
  signInPatiently(email: string, password: string, address: string, mark: string | null): Promise<Result<Account>> {
    return patiently(() => this.signIn(email, password, address, mark));
  }

  /** Whether the password is the account's, for what somebody who is signed in must not do by mistake. Counted like a sign-in. */
  async confirm(account: Account, password: string, address: string, mark: string | null): Promise<Result<null>> {
    const signedIn = await this.signInPatiently(account.email, password, address, mark);
    if (signedIn.ok) return accepted(null);
    return refused(signedIn.refusal.kind === 'passwordWrong' ? { kind: 'currentPasswordWrong' } : signedIn.refusal);
  }

  /** The mark of a device from which somebody has just signed in; null when it has one already. */
  async knowDevice(account: Account, mark: string | null): Promise<string | null> {
    if (mark !== null && (await this.#isKnown(mark, account))) return null;
    const made = newToken();
    await this.#storage.accounts.addKnownDevice(hashToken(made), account.id, this.#clock());
    return made;
  }

  #isKnown(mark: string, account: Account): Promise<boolean> {
    return this.#storage.accounts.isKnownDevice(hashToken(mark), account.id);
  }

  /** What an invitation is for, without spending it. */
  async invitation(token: string): Promise<Result<Invitation>> {
    const link = await this.#openLink(token, 'invite');
    if (!link.ok) return link;
    const forum = await this.#storage.forums.byId(link.value.forum);
    return forum ? accepted({ forum, role: link.value.role }) : refused({ kind: 'forumUnknown' });
  }

  /** Spends an invitation for somebody who is signed in, or who gets an account now. */
  async acceptInvite(
    token: string,
    who: Credentials | Account,
  ): Promise<Result<{ account: Account; seat: Seat; forum: Forum }>> {
    const invitation = await this.invitation(token);
    if (!invitation.ok) return invitation;
    const made = 'password' in who ? await this.#prepare(who) : null;
    if (made && !made.ok) return made;
    if (!(await this.#storage.accounts.spendLink(hashToken(token), this.#clock()))) {
      return refused({ kind: 'linkTaken' });
    }
    const account = made ? await this.#insert(made.value) : accepted(who as Account);
    if (!account.ok) return account;
    const seat = await this.#seatFor(account.value, invitation.value);
    this.#seated(invitation.value.forum.id);
    return accepted({ account: account.value, seat, forum: invitation.value.forum });
  }

  async #seatFor(account: Account, { forum, role }: Invitation): Promise<Seat> {
    const known = await this.#storage.people.seatOfAccount(forum.id, account.id);
    if (known) {
      if (RANK.indexOf(role) <= RANK.indexOf(known.role)) return known;
      await this.#storage.people.setRole(known.id, role);
      return { ...known, role };
    }
    const { seat, person } = accountSeat(account, forum, role, this.#clock());
    await this.#storage.people.addSeat(seat, person, null);
    return seat;
  }

  async #openLink<Kind extends LinkPurpose['kind']>(
    token: string,
    kind: Kind,
  ): Promise<Result<Extract<LinkPurpose, { kind: Kind }>>> {
    const link = await this.#storage.accounts.link(hashToken(token));
    if (!link || link.purpose.kind !== kind) return refused({ kind: 'linkUnknown' });
    if (link.spentAt !== null) return refused({ kind: 'linkTaken' });
    if (link.expiresAt <= this.#clock()) return refused({ kind: 'linkUnknown' });
    return accepted(link.purpose as Extract<LinkPurpose, { kind: Kind }>);
  }

  /** Everything that can be refused is refused before a link is spent. */
  async #prepare(credentials: Credentials): Promise<Result<Account & { passwordHash: string }>> {
    const email = credentials.email.trim().toLowerCase();
    if (email === '') return refused({ kind: 'fieldMissing', field: 'email' });
    if (email.length > LONGEST_EMAIL || !/^[^\s@]+@[^\s@]+$/.test(email)) {
      return refused({ kind: 'fieldInvalid', field: 'email', reason: 'must be an e-mail address' });
    }
    const name = readName(credentials.name);
    if (!name.ok) return name;
    const unfit = refusedPassword(credentials.password);
    if (unfit) return refused(unfit);
    if (await this.#storage.accounts.byEmail(email)) return refused({ kind: 'emailTaken' });
    const hashed = await whenFree(() => hashPassword(credentials.password));
    if (!hashed.ok) return hashed;
    return accepted({
      id: randomId() as AccountId,
      email,
      name: name.value,
      createdAt: this.#clock(),
      passwordHash: hashed.value,
    });
  }

  async #insert({ passwordHash, ...account }: Account & { passwordHash: string }): Promise<Result<Account>> {
    return (await this.#storage.accounts.insert(account, passwordHash))
      ? accepted(account)
      : refused({ kind: 'emailTaken' });
  }
}

/** The seat of somebody with an account; the person's name is the account's. */
export function accountSeat(account: Account, forum: Forum, role: Role, now: number): { seat: Seat; person: Person } {
  const id = randomId() as SeatId;
  return {
    seat: { id, forumId: forum.id, role, accountId: account.id, joinedAt: now, removedAt: null },
    person: { seatId: id, name: account.name, country: null, organisation: null, language: forum.language },
  };
}
