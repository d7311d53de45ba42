import type { MessageKey } from '#lib/i18n/text.ts';

/** A key with what is held down. Letters are the Latin ones that a keyboard types, or those printed on its keys beside others. */
export interface Chord {
  readonly key: string;
  readonly alt?: true;
  readonly shift?: true;
  /** Ctrl, and ⌘ on a Mac. */
  readonly mod?: true;
}

/** Where the keys work: on an item, on the title of a theme, anywhere but in a field, or everywhere. `text`: the editor's own. */
export type Where = 'item' | 'theme' | 'page' | 'always' | 'text';

/** The keys of a board: the handlers obey this table, and the help shows it. Two deeds with one text are one row of it. */
export const KEYS = [
  { deed: 'previous', where: 'item', text: 'keys.walk', chords: [{ key: 'ArrowUp' }] },
  { deed: 'next', where: 'item', text: 'keys.walk', chords: [{ key: 'ArrowDown' }] },
  { deed: 'edit', where: 'item', text: 'keys.edit', chords: [{ key: 'Enter' }] },
  { deed: 'moveUp', where: 'item', text: 'keys.move', chords: [{ key: 'ArrowUp', alt: true }] },
  { deed: 'moveDown', where: 'item', text: 'keys.move', chords: [{ key: 'ArrowDown', alt: true }] },
  { deed: 'themeUp', where: 'item', text: 'keys.moveTheme', chords: [{ key: 'ArrowUp', alt: true, shift: true }] },
  { deed: 'themeDown', where: 'item', text: 'keys.moveTheme', chords: [{ key: 'ArrowDown', alt: true, shift: true }] },
  { deed: 'merge', where: 'item', text: 'keys.merge', chords: [{ key: 'm' }] },
  { deed: 'comment', where: 'item', text: 'keys.comment', chords: [{ key: 'c' }] },
  { deed: 'remove', where: 'item', text: 'keys.remove', chords: [{ key: 'Delete' }] },
  { deed: 'stop', where: 'item', text: 'keys.stop', chords: [{ key: 'Escape' }] },
  { deed: 'themeUp', where: 'theme', text: 'keys.moveOwnTheme', chords: [{ key: 'ArrowUp', alt: true }] },
  { deed: 'themeDown', where: 'theme', text: 'keys.moveOwnTheme', chords: [{ key: 'ArrowDown', alt: true }] },
  { deed: 'idea', where: 'page', text: 'keys.idea', chords: [{ key: 'n' }] },
  { deed: 'undo', where: 'page', text: 'keys.undo', chords: [{ key: 'z', mod: true }] },
  {
    deed: 'redo',
    where: 'page',
    text: 'keys.redo',
    chords: [
      { key: 'y', mod: true },
      { key: 'z', mod: true, shift: true },
    ],
  },
  { deed: 'help', where: 'page', text: 'keys.help', chords: [{ key: '?' }] },
  { deed: 'status', where: 'always', text: 'keys.status', chords: [{ key: 'F8' }] },
  { deed: 'leave', where: 'text', text: 'keys.leave', chords: [{ key: 'Escape' }, { key: 'Enter', mod: true }] },
  { deed: 'strong', where: 'text', text: 'keys.strong', chords: [{ key: 'b', mod: true }] },
  { deed: 'em', where: 'text', text: 'keys.em', chords: [{ key: 'i', mod: true }] },
  { deed: 'link', where: 'text', text: 'keys.link', chords: [{ key: 'k', mod: true }] },
] as const satisfies readonly {
  readonly deed: string;
  readonly where: Where;
  readonly text: MessageKey;
  readonly chords: readonly Chord[];
}[];

type Row = (typeof KEYS)[number];
export type Deed<At extends Where> = Extract<Row, { where: At }>['deed'];

export type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'shiftKey' | 'ctrlKey' | 'metaKey'>;
export interface Keyboard {
  readonly isMac: boolean;
  /** Keys without anything held down may be in the way of who dictates or uses a screen reader's own letters. */
  readonly hasLetters: boolean;
}

/** What a key means in this place; null for keys that are none of ours. */
export function deedOf<At extends Where>(where: At, event: Pressed, keyboard: Keyboard): Deed<At> | null {
  const row = KEYS.find(
    (row) =>
      row.where === where &&
      row.chords.some(
        (chord: Chord) => fits(chord, event, keyboard.isMac) && (keyboard.hasLetters || !isLetter(chord)),
      ),
  );
  return (row?.deed as Deed<At> | undefined) ?? null;
}

const isLetter = ({ key, mod, alt }: Chord): boolean => key.length === 1 && !mod && !alt;

function fits(chord: Chord, event: Pressed, isMac: boolean): boolean {
  const [mod, other] = isMac ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  // Where `?` is on a keyboard, with or without Shift, is its own affair.
  const isShiftRight = chord.key === '?' || event.shiftKey === (chord.shift ?? false);
  return (
    keyOf(event) === chord.key &&
    mod === (chord.mod ?? false) &&
    !other &&
    event.altKey === (chord.alt ?? false) &&
    isShiftRight
  );
}

const ARABIC_QUESTION_MARK = '؟';

/** The Latin letter that was typed; on a keyboard that types others the one that stands on the same key. */
function keyOf({ key, code }: Pressed): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  if (key === ARABIC_QUESTION_MARK) return '?';
  const isForeign = /^\p{L}\p{M}*$/u.test(key);
  return isForeign && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key;
}

const SIGNS: Readonly<Record<string, string>> = { ArrowUp: '↑', ArrowDown: '↓', Escape: 'Esc', Delete: 'Del' };

/** As it is printed on keyboards: `Ctrl + Z`, `⌘ Z`. */
export function printed({ key, alt, shift, mod }: Chord, isMac: boolean): string {
  const name = SIGNS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  const held = isMac ? [alt && '⌥', shift && '⇧', mod && '⌘'] : [mod && 'Ctrl', alt && 'Alt', shift && 'Shift'];
  return [...held.filter(Boolean), name].join(isMac ? ' ' : ' + ');
}

/** The rows of the help for one place: each text once, with all its keys. */
export function rowsOf(
  where: Where,
  isMac: boolean,
): readonly { readonly text: MessageKey; readonly keys: readonly string[] }[] {
  const rows = new Map<MessageKey, string[]>();
  for (const row of KEYS.filter((row) => row.where === where)) {
    const keys = row.chords.map((chord: Chord) => printed(chord, isMac));
    rows.set(row.text, [...(rows.get(row.text) ?? []), ...keys]);
  }
  return [...rows].map(([text, keys]) => ({ text, keys }));
}
