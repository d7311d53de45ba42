/** Somebody's way to a server: the address of the live channel, and what the request says. */
export interface Way {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Whose it is, where that is known before. */
  readonly seat?: string;
  /** As phones do that come for the first time: the seat's cookie is the answer to this form. */
  readonly join?: { readonly url: string; readonly form: Readonly<Record<string, string>> };
}

/** Bytes of the messages that phones received since the mark, frames included. */
interface Received {
  readonly total: number;
  /** Of the phone that received most, of those that came last. */
  readonly most: number;
  /** How many messages they were. */
  readonly messages: number;
}

/** What the process that runs the benchmark may ask of the process that is the phones. */
export interface LiveOrders {
  /** They come at any moment of `within` (ms) alike. Answers how many were told the state of things, and with how many bytes. */
  come(of: { ways: readonly Way[]; within: number }): { told: number };
  leave(of: { last: number }): void;
  mark(of: null): void;
  received(of: { last: number }): Received;
  /** The phone asks for something and is answered: commands in our words, for every server. */
  ask(of: { phone: number; command: unknown }): { refused: unknown };
  /** Asks, and waits until the first `phones` have heard of the step that began: milliseconds to each. */
  begin(of: { phone: number; command: unknown; phones: number }): { last: number; heard: number };
  /** Each asks so many times, one after another. */
  askMany(of: { phones: readonly number[]; commands: readonly unknown[] }): { refused: number };
}
