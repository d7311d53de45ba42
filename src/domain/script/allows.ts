import { unreachable } from '../unreachable.ts';
import type { StepKind } from './step.ts';

/** What participants may do with their room's board while a step runs. */
export function allows(kind: StepKind): { readonly board: 'read' | 'write' } {
  switch (kind) {
    case 'arrive':
      return { board: 'read' };
    case 'writeTogether':
      return { board: 'write' };
    case 'close':
      return { board: 'read' };
    default:
      return unreachable(kind);
  }
}

/** Milliseconds after a step's time in which people finish their sentence (PRODUCT rule 4). */
export const GRACE_MS = 30_000;
