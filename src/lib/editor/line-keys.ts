import {
  autoJoin,
  baseKeymap,
  chainCommands,
  deleteSelection,
  joinTextblockBackward,
  joinTextblockForward,
  splitBlock,
} from 'prosemirror-commands';
import { liftListItem, splitListItem } from 'prosemirror-schema-list';
import type { Command } from 'prosemirror-state';
import { schema } from './schema.ts';

const { bullet_list: list, list_item: entry } = schema.nodes;
const liftEntry = liftListItem(entry);

/** At the start of an entry only its bullet goes: the words stay as a paragraph, and the next press joins them to what stands before. */
const dropBullet: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const isEntry = $from.depth > 1 && $from.node(-1).type === entry && $from.index(-1) === 0;
  return empty && isEntry && $from.parentOffset === 0 && liftEntry(state, dispatch);
};

/**
 * Words join words, whatever list either stands in, and lists between which nothing is left are one. ProseMirror's own joins would
 * put the paragraph into the list as another entry, or as a second paragraph of one.
 */
const joined = (join: Command): Command => autoJoin(join, [list.name]);

const base = (key: string): Command => baseKeymap[key] ?? (() => false);
/** Each platform has several keys for one of these. */
const insteadOf = (key: string, command: Command): Record<string, Command> =>
  Object.fromEntries(
    Object.entries(baseKeymap)
      .filter(([, given]) => given === baseKeymap[key])
      .map(([name]) => [name, command]),
  );

/** Shift+Enter is Enter: the text has no soft breaks. In an empty entry it ends the list. */
const enter = chainCommands(splitListItem(entry), liftEntry, baseKeymap['Enter'] ?? splitBlock);
const backspace = chainCommands(deleteSelection, dropBullet, joined(joinTextblockBackward), base('Backspace'));
const remove = chainCommands(deleteSelection, joined(joinTextblockForward), base('Delete'));

/** What ends paragraphs and entries, and joins them. */
export const lineKeys: Record<string, Command> = {
  Enter: enter,
  'Shift-Enter': enter,
  ...insteadOf('Backspace', backspace),
  ...insteadOf('Delete', remove),
};
