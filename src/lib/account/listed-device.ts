/** A device as its owner's page lists it, as plain data. */
export interface ListedDevice {
  readonly id: string;
  /** Null: no browser that is known by name. */
  readonly name: string | null;
  /** Epoch milliseconds; null: from before devices were listed. */
  readonly createdAt: number | null;
  readonly seenAt: number | null;
  readonly isThis: boolean;
}
