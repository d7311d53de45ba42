import { readPointing, type AwarenessEntry } from './cursor.ts';
import type { DocumentRoom, Member } from './document-room.ts';

/** Where one connection points, under a clientID that no other seat has. */
export class Pointer {
  readonly #room: DocumentRoom;
  readonly #member: Member;
  #client: number | null = null;

  constructor(room: DocumentRoom, member: Member) {
    this.#room = room;
    this.#member = member;
  }

  /** What it says of others is passed over. */
  take(entries: readonly AwarenessEntry[]): void {
    this.#client ??= entries[0]?.client ?? null;
    const own = entries.find(({ client }) => client === this.#client);
    if (!own) return;
    const pointing = readPointing(own.json);
    const { presence } = this.#room;
    const { seat } = this.#member;
    if (!pointing) presence.remove(this.#member, own.client);
    else if (!this.#isOwn(own.client) || !presence.set(this.#member, own.client, { seat, ...pointing })) {
      this.#client = null;
    }
    this.#room.presenceChanged();
  }

  leave(): void {
    if (this.#client !== null) {
      this.#room.presence.remove(this.#member, this.#client);
      this.#room.letGo(this.#client, this.#member.seat);
    }
    this.#room.presenceChanged();
  }

  /** Whether the seat may speak under the clientID; whoever may write takes it for good before anybody hears of it. */
  #isOwn(client: number): boolean {
    const { mayWrite, seat } = this.#member;
    return mayWrite ? this.#room.take(client, seat) : this.#room.hold(client, seat);
  }
}
