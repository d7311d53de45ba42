import type { Role, Seat } from '#domain/forum/seat.ts';
import type { AccountId, ForumId, SeatId, WorkshopId } from '#domain/ids.ts';

export interface Account {
  readonly id: AccountId;
  readonly email: string;
  readonly name: string;
  readonly createdAt: number;
}

/** What a link may be spent on, once. */
export type LinkPurpose =
  | { readonly kind: 'setUp' }
  /** `by`: the seat that invites; null or absent is the operator. */
  | { readonly kind: 'invite'; readonly forum: ForumId; readonly role: Role; readonly by?: SeatId | null }
  | { readonly kind: 'moveSeat'; readonly seat: SeatId }
  /** Makes a machine the screen of a workshop, by this name. */
  | { readonly kind: 'screen'; readonly forum: ForumId; readonly workshop: WorkshopId; readonly name: string }
  /** A new password for an account, for whom the seat `by` vouches. */
  | { readonly kind: 'newPassword'; readonly account: AccountId; readonly by: SeatId };

/** A link with which somebody's password can be, or was, set anew. */
export interface PasswordLink {
  readonly by: SeatId;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly spentAt: number | null;
}

export interface AccountStore {
  count(): Promise<number>;
  /** False when the e-mail address is taken. Addresses are compared in lower case. */
  insert(account: Account, passwordHash: string): Promise<boolean>;
  byEmail(email: string): Promise<{ account: Account; passwordHash: string } | null>;
  byId(id: AccountId): Promise<Account | null>;
  /** In order of their addresses. */
  all(): Promise<Account[]>;
  /** Ends the account's sessions but `except`, its known devices and its open links, in the same transaction. Returns the hashes of what ended. */
  setPassword(id: AccountId, passwordHash: string, except: string | null): Promise<string[]>;
  addLink(tokenHash: string, purpose: LinkPurpose, expiresAt: number, createdAt?: number): Promise<void>;
  /** The latest first. */
  passwordLinks(account: AccountId): Promise<PasswordLink[]>;
  /** `expired` covers spent links that are still known ("taken"). */
  link(tokenHash: string): Promise<{ purpose: LinkPurpose; expiresAt: number; spentAt: number | null } | null>;
  /** True for exactly one caller, ever. */
  spendLink(tokenHash: string, at: number): Promise<boolean>;
  /** Remembers a device from which somebody has signed in; of an account's the latest twenty are kept. */
  addKnownDevice(markHash: string, account: AccountId, at: number): Promise<void>;
  isKnownDevice(markHash: string, account: AccountId): Promise<boolean>;
  /** Every seat of the account, removed ones too. */
  seats(id: AccountId): Promise<Seat[]>;
  /** Drops links that are over. */
  prune(now: number): Promise<void>;
}
