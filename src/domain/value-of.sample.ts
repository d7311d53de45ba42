import type { Result } from './refusal.ts';

/** For tests: what was done. A refusal that nobody expects ends the test with its words. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.refusal)}`);
  return result.value;
}
