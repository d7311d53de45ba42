/** Other tabs of this browser hear of it and go to the front page: an open copy cannot be deleted. */
const CHANNEL = 'dastarkhan-left';
/** A channel hears what another one in the same page says, too. */
const THIS_TAB = Math.random().toString(36);

/** Calls when somebody left this browser from another tab; returns how to stop. */
export function onLeft(left: () => void): () => void {
  if (!('BroadcastChannel' in globalThis)) return () => undefined;
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }) => data !== THIS_TAB && left());
  return () => channel.close();
}

export function tellOtherTabs(): void {
  if (!('BroadcastChannel' in globalThis)) return;
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(THIS_TAB);
  channel.close();
}
