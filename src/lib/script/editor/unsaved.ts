import { pageStorage } from '#lib/sync/page-storage.ts';
import type { DraftScript } from './draft-script.ts';

/** What was written and not saved yet, on this device: a page that is closed or loaded again loses nothing. */
export interface Unsaved {
  /** What it was written on top of. */
  readonly version: number;
  readonly base: DraftScript;
  readonly script: DraftScript;
}

const key = (id: string): string => `script/${id}`;

export function recallUnsaved(id: string): Unsaved | null {
  try {
    const kept: unknown = JSON.parse(pageStorage().getItem(key(id)) ?? 'null');
    return isUnsaved(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** False: this device has no room for it, and the page must not be closed. */
export function keepUnsaved(id: string, unsaved: Unsaved | null): boolean {
  try {
    if (unsaved) pageStorage().setItem(key(id), JSON.stringify(unsaved));
    else pageStorage().removeItem(key(id));
    return true;
  } catch {
    return false;
  }
}

const isUnsaved = (kept: unknown): kept is Unsaved =>
  typeof kept === 'object' &&
  kept !== null &&
  'version' in kept &&
  Number.isInteger(kept.version) &&
  ['base', 'script'].every((field) => isScript((kept as Record<string, unknown>)[field]));

const isScript = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  'steps' in value &&
  Array.isArray(value.steps) &&
  value.steps.every((step: unknown) => typeof step === 'object' && step !== null && 'id' in step && 'kind' in step);
