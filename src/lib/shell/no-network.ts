import { createSubscriber } from 'svelte/reactivity';

const follow = createSubscriber((change) => {
  addEventListener('online', change);
  addEventListener('offline', change);
  return () => {
    removeEventListener('online', change);
    removeEventListener('offline', change);
  };
});

/** What the browser knows of the network. Svelte's own `online` brings the window's sizes and places along. */
export function hasNoNetwork(): boolean {
  follow();
  return navigator.onLine === false; // a server's says nothing
}
