import type { ServerResponse } from 'node:http';
import { MARK } from '#protocol/mark.ts';

const YEAR = 31_536_000; // seconds

/**
 * What every answer carries: pages, files, errors, health. Pages have a stricter policy of their own with a nonce, which takes the place
 * of this one. `same-origin` as referrer policy: without a referrer browsers send forms with `Origin: null`, which is refused.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  'content-security-policy': "base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action 'self'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy':
    'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  [MARK]: '1',
};

/** `origin`: the configured one. Over plain http a promise of https would lock a hall out. */
export function setHeaders(res: ServerResponse, origin: string | undefined): void {
  for (const [name, value] of Object.entries(ALWAYS)) res.setHeader(name, value);
  if (origin?.startsWith('https:')) res.setHeader('strict-transport-security', `max-age=${YEAR}`);
}
