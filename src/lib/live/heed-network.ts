const JITTER = 500; // ms: a hall whose Wi-Fi comes back does not knock in the same instant

/** What it needs of a socket of Socket.IO. */
interface Heeding {
  readonly connected: boolean;
  readonly active: boolean;
  disconnect(): { connect(): unknown };
  readonly io: { readonly engine: { close(): unknown } };
}

/**
 * A browser knows that its network went twenty seconds before a ping is missed, and that it is back before the pause between two tries is
 * over. Socket.IO itself heeds the first, and not on localhost. Returns how to stop.
 */
export function heedNetwork(socket: Heeding, network: EventTarget = window): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = () => clearTimeout(timer);
  const offline = () => {
    wait();
    if (socket.connected) socket.io.engine.close();
  };
  const online = () => {
    wait();
    timer = setTimeout(() => {
      // whom the server has sent away does not come back by itself
      if (!socket.connected && socket.active) socket.disconnect().connect();
    }, Math.random() * JITTER);
  };
  network.addEventListener('offline', offline);
  network.addEventListener('online', online);
  return () => {
    wait();
    network.removeEventListener('offline', offline);
    network.removeEventListener('online', online);
  };
}
