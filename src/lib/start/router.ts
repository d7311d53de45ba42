import type { BeforeNavigate } from '@sveltejs/kit';
import { onMount, tick } from 'svelte';
import { setPage, type Router } from 'virtual:kit';
import { version } from '$app/environment';
import { part } from '#lib/shell/part.ts';
import { early } from './early.ts';

/** Stands for Kit's router wherever something asks it for a deed, and fetches it then. In development it is there from the start. */
let coming: Promise<Router> | null = null;

export function fetchRouter(): Promise<unknown> {
  return import.meta.env.DEV ? Promise.resolve() : router();
}

function router(): Promise<Router> {
  return (coming ??= part(() => import('virtual:kit-router')).then(async (kit) => {
    await kit.start(early.app, early.target, early.hydration);
    return kit;
  }));
}

export const invalidate: Router['invalidate'] = async (what) => (await router()).invalidate(what);
export const invalidateAll: Router['invalidateAll'] = async () => (await router()).invalidateAll();

/** Where no router was fetched yet, a form is no reason to: where it leads is a page of its own, and what it answers is shown here. */
export const applyAction: Router['applyAction'] = async (result) => {
  if (coming || result.type === 'error') return (await router()).applyAction(result);
  if (result.type === 'redirect') return leaveFor(result.location);
  const { page } = early;
  setPage(Object.assign(page, { form: result.data ?? null, status: result.status }));
  // Twice, or fields that were reset would stay empty when the answer is the same as the last one.
  early.root.$set({ form: null, page: { ...page } });
  await tick();
  early.root.$set({ form: result.data });
};

/** Resolves when somebody comes back to this page as it stood. */
function leaveFor(address: string): Promise<void> {
  return new Promise((resolve) => {
    addEventListener('pageshow', () => resolve(), { once: true });
    location.assign(address);
  });
}

/** Kit's own is for the time while a component is made, and there may be no router yet. */
export function beforeNavigate(ask: (navigation: BeforeNavigate) => void): void {
  onMount(() => {
    let leave: (() => void) | null = null;
    let isGone = false;
    void router().then((kit) => {
      if (!isGone) leave = kit.askBefore(ask);
    });
    return () => {
      isGone = true;
      leave?.();
    };
  });
}

async function isOutdated(): Promise<boolean> {
  try {
    const answer = await fetch('/_app/version.json', { cache: 'no-cache' });
    return answer.ok && ((await answer.json()) as { version: unknown }).version !== version;
  } catch {
    return false;
  }
}

/** What `$app/state` and `$app/forms` take from Kit's router beside its deeds. */
export const stores = { updated: { check: isOutdated } };
export const app = { decoders: {} };
/** For Kit's own check, which nothing here asks for. */
export const updated_listener = {};
