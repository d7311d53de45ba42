import { baseKeymap, toggleMark } from 'prosemirror-commands';
import { inputRules, wrappingInputRule } from 'prosemirror-inputrules';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { isSafeHref } from '#protocol/rich-text.ts';
import { lineKeys } from './line-keys.ts';
import { schema } from './schema.ts';

const { strong, em, link } = schema.marks;
const { bullet_list: list, list_item: entry } = schema.nodes;

/** What the buttons beside the text show as pressed. */
export interface Formatting {
  readonly strong: boolean;
  readonly em: boolean;
  readonly list: boolean;
  /** Address of the link at the cursor. */
  readonly href: string | null;
}

export const toggleStrong: Command = toggleMark(strong);
export const toggleEm: Command = toggleMark(em);

export const toggleList: Command = (state, dispatch) =>
  inList(state) ? liftListItem(entry)(state, dispatch) : wrapInList(list)(state, dispatch);

/** Links the selection, or inserts the address itself where nothing is selected; null takes the link away. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const { from, to, empty } = linkRange(state);
    if (href === null) {
      dispatch?.(state.tr.removeMark(from, to, link));
      return true;
    }
    if (!isSafeHref(href)) return false;
    const mark = link.create({ href });
    dispatch?.(
      empty
        ? state.tr.insert(from, schema.text(href, [mark]))
        : state.tr.removeMark(from, to, link).addMark(from, to, mark),
    );
    return true;
  };
}

/** `example.org/page` becomes https, an address with @ becomes mailto; null for what must not be a link. */
export function completeHref(typed: string): string | null {
  const text = typed.trim();
  if (text === '' || /\s/.test(text)) return null;
  if (isSafeHref(text)) return text;
  if (/^[a-z][a-z0-9+.-]*:(?!\d)/i.test(text)) return null;
  return /^[^/@]+@[^/@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

export function formattingOf(state: EditorState): Formatting {
  const { from, to, empty, $from } = state.selection;
  const marks = state.storedMarks ?? $from.marks();
  const has = (mark: typeof strong) => (empty ? !!mark.isInSet(marks) : state.doc.rangeHasMark(from, to, mark));
  const linked = link.isInSet($from.marks()) ?? link.isInSet($from.nodeAfter?.marks ?? []);
  return {
    strong: has(strong),
    em: has(em),
    list: inList(state),
    href: (linked?.attrs.href as string | undefined) ?? null,
  };
}

export const keys: Record<string, Command> = {
  ...baseKeymap,
  ...lineKeys,
  'Mod-b': toggleStrong,
  'Mod-i': toggleEm,
  'Mod-Shift-8': toggleList,
};

/** A dash, a bullet or an asterisk at the start of a line begins a list. */
export const lists = inputRules({ rules: [wrappingInputRule(/^\s*([-–—•*])\s$/, list)] });

function inList(state: EditorState): boolean {
  const { $from } = state.selection;
  return Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some((node) => node.type === list);
}

/** The selection, or the whole link that the cursor stands in. */
function linkRange(state: EditorState): { from: number; to: number; empty: boolean } {
  const { from, to, empty, $from } = state.selection;
  if (!empty || !link.isInSet($from.marks())) return { from, to, empty };
  const start = $from.start();
  let range = { from, to };
  $from.parent.forEach((node, offset) => {
    const begin = start + offset;
    if (link.isInSet(node.marks) && begin <= from && from <= begin + node.nodeSize) {
      range = { from: begin, to: begin + node.nodeSize };
    }
  });
  return { ...range, empty: false };
}
