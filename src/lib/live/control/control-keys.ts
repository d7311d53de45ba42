import type { MessageKey } from '#lib/i18n/text.ts';

/**
 * The keys of the control room: the handler obeys this table, and the help shows it. Each is that of a button or a place on the page,
 * which is named by `data-key`: what cannot be pressed there cannot be pressed by its key.
 */
export const CONTROL_KEYS = [
  { key: 'n', deed: 'next', does: 'press', text: 'control.key.next' },
  { key: '+', deed: 'more', does: 'press', text: 'control.key.more' },
  { key: 'p', deed: 'pause', does: 'press', text: 'control.key.pause' },
  { key: 'u', deed: 'undo', does: 'press', text: 'control.key.undo' },
  { key: 'h', deed: 'help', does: 'go', text: 'control.key.help' },
  { key: 'm', deed: 'message', does: 'press', text: 'control.key.message' },
  { key: 'd', deed: 'dropIn', does: 'press', text: 'control.key.dropIn' },
  { key: 'o', deed: 'order', does: 'press', text: 'control.key.order' },
  { key: '?', deed: 'keys', does: 'press', text: 'control.key.keys' },
] as const satisfies readonly {
  readonly key: string;
  readonly deed: string;
  readonly does: 'press' | 'go';
  readonly text: MessageKey;
}[];

type Row = (typeof CONTROL_KEYS)[number];
/** `room`: the tile that stands there, counted from 1. `none`: the key is one of ours, and came within a word. */
export type ControlDeed =
  Row | { readonly deed: 'room'; readonly place: number } | { readonly deed: 'none'; readonly key: string };

export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'repeat' | 'isComposing' | 'timeStamp'
>;

const ONE_WORD = 1_000; // ms; who types on after the field is gone means no commands

/** What keys mean, one after another: a letter that follows another at once belongs to a word, and a key that is held down is pressed once. */
export class ControlKeys {
  #last = -Infinity;

  /** Null: nothing of ours. */
  of(event: Pressed): ControlDeed | null {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return null;
    const key = keyOf(event);
    const isLetter = /^\p{L}$/u.test(event.key);
    const isInWord = isLetter && event.timeStamp - this.#last < ONE_WORD;
    if (event.key !== ' ') this.#last = isLetter ? event.timeStamp : -Infinity;
    if (event.repeat) return null;
    if (/^[1-9]$/.test(key)) return { deed: 'room', place: Number(key) };
    const row = CONTROL_KEYS.find((one) => one.key === key);
    return row && isInWord ? { deed: 'none', key } : (row ?? null);
  }
}

/** The Latin letter that was typed; on a keyboard that types others the one that stands on the same key. */
function keyOf({ key, code }: Pressed): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key === '؟') return '?';
  return /^\p{L}\p{M}*$/u.test(key) && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}
