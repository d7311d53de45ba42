import { getContext, setContext } from 'svelte';
import type { ShownScript } from './shown-script.ts';

type OfferedScript = Pick<ShownScript, 'id' | 'title' | 'minutes'>;

const KEY = Symbol('scripts');

/** Lets the workshops of a form choose their script. Where nothing is offered, they have one already, on a page of its own. */
export function offerScripts(scripts: () => readonly OfferedScript[]): void {
  setContext(KEY, scripts);
}

export const useOfferedScripts = (): (() => readonly OfferedScript[]) =>
  getContext<(() => readonly OfferedScript[]) | undefined>(KEY) ?? (() => []);
