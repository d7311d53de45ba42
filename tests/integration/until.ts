import { expect, vi } from 'vitest';

/** Waits for what takes well under a second when all is well. */
export const until = (met: () => unknown) =>
  vi.waitFor(() => expect(met()).toBeTruthy(), { timeout: 60_000, interval: 5 });
