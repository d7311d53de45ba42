/** Kit's parts that have no public name: see `server/vite/early-start.ts`. */
declare module 'virtual:kit' {
  import type { ActionResult, BeforeNavigate } from '@sveltejs/kit';
  import type { Component } from 'svelte';

  export interface KitNode {
    readonly component: Component;
    readonly universal?: {
      load?(event: { data: object | null; route: { id: string | null } }): Promise<object | null>;
    };
  }

  export interface KitRoot {
    $set(props: Record<string, unknown>): void;
  }

  export interface KitApp {
    readonly nodes: readonly (() => Promise<KitNode>)[];
    readonly root: new (options: {
      target: HTMLElement;
      props: Record<string, unknown>;
      hydrate: boolean;
      sync: boolean;
    }) => KitRoot;
  }

  /** As the server writes it into the page. */
  export interface Hydration {
    readonly node_ids: readonly number[];
    readonly data: readonly ({ readonly data?: object } | null)[];
    readonly form: unknown;
    readonly error: App.Error | null;
    readonly status?: number;
  }

  export interface PageStore {
    set(page: unknown): void;
    notify(): void;
    subscribe(reader: (page: unknown) => void): () => void;
  }

  export interface Router {
    start(app: KitApp, target: HTMLElement, hydration: Hydration): Promise<void>;
    invalidate(what: string | URL | ((url: URL) => boolean)): Promise<void>;
    invalidateAll(): Promise<void>;
    applyAction(result: ActionResult): Promise<void>;
    askBefore(ask: (navigation: BeforeNavigate) => void): () => void;
  }

  export function setPage(page: object): void;
}

declare module 'virtual:kit-router' {
  import type { Router } from 'virtual:kit';
  export const start: Router['start'];
  export const invalidate: Router['invalidate'];
  export const invalidateAll: Router['invalidateAll'];
  export const applyAction: Router['applyAction'];
  export const askBefore: Router['askBefore'];
}
