import type { LiveSocket } from './live-socket.ts';

/** Sockets by what they are to be told: what several are told alike is put into bytes once. */
export class Alike<Message> {
  readonly #told = new Map<unknown, { readonly message: Message; readonly ids: string[] }>();

  /** `key`: the same for messages that say the same. */
  add({ id }: LiveSocket, message: Message, key: unknown = message): void {
    const alike = this.#told.get(key);
    if (alike) alike.ids.push(id);
    else this.#told.set(key, { message, ids: [id] });
  }

  tell(send: (ids: string[], message: Message) => void): void {
    for (const { message, ids } of this.#told.values()) send(ids, message);
  }
}
