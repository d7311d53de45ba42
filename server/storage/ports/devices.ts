/** A browser that has a seat or a session. Dates are null when it has been there since before devices were listed. */
export interface Device {
  /** The hash of its token. */
  readonly hash: string;
  readonly createdAt: number | null;
  /** To the day. */
  readonly seenAt: number | null;
  readonly expiresAt: number | null;
  /** Such as `Firefox Android`; null: no browser that we know by name. */
  readonly name: string | null;
}

/** What is known of a device when it gets its token. */
export interface NewDevice {
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly name: string | null;
  readonly markHash?: string | null;
}
