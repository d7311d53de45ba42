/** A WebSocket that tells when it opens and what is sent on it, for y-websocket, which offers no such hook. */
export function countingSocket(
  Base: typeof WebSocket,
  counts: { opened(): void; sent(frame: Uint8Array): void },
): typeof WebSocket {
  return class extends Base {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('open', () => counts.opened());
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (data instanceof Uint8Array) counts.sent(data); // before: an answer can only come after
      super.send(data);
    }
  };
}
