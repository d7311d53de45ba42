import type { Device } from '#server/storage/ports/devices.ts';
import { hashToken } from './tokens.ts';

/** A device as its owner's page lists it, as plain data. */
export interface OwnDevice {
  /** A part of its token's hash: enough to tell somebody's few devices apart. */
  readonly id: string;
  /** Null: no browser that is known by name. */
  readonly name: string | null;
  /** Epoch milliseconds; null: from before devices were listed. */
  readonly createdAt: number | null;
  readonly seenAt: number | null;
  readonly isThis: boolean;
}

const idOf = (hash: string): string => hash.slice(0, 32);

/** The latest visit first. `token`: of the device that asks. */
export function ownDevices(devices: readonly Device[], token: string | null): OwnDevice[] {
  const own = token && hashToken(token);
  return devices
    .toSorted((a, b) => (b.seenAt ?? 0) - (a.seenAt ?? 0))
    .map(({ hash, name, createdAt, seenAt }) => ({ id: idOf(hash), name, createdAt, seenAt, isThis: hash === own }));
}

/** The hash of one of these; null: no such device. */
export const hashOfDevice = (devices: readonly Device[], id: string): string | null =>
  devices.find(({ hash }) => idOf(hash) === id)?.hash ?? null;
