import type { LiveSocket } from './live-socket.ts';

/** Sockets by what they are to be told: what several are told alike is put into bytes once. */
export class Alike<Message> {
  readonly #told = new Map<unknown, { readonly message: Message; readonly sockets: LiveSocket[] }>();

  /** `key`: the same for messages that say the same. */
  add(socket: LiveSocket, message: Message, key: unknown = message): void {
    const alike = this.#told.get(key);
    if (alike) alike.sockets.push(socket);
    else this.#told.set(key, { message, sockets: [socket] });
  }

  tell(send: (sockets: readonly LiveSocket[], message: Message) => void): void {
    for (const { message, sockets } of this.#told.values()) send(sockets, message);
  }
}
