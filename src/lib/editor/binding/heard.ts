import { Plugin, PluginKey, type EditorState, type Transaction } from 'prosemirror-state';
import type { BoundText } from './bound-text.ts';

export const HEARD = new PluginKey<BoundText>('heard');

/** Whether a transaction shows what others wrote. */
export const isHeard = (transaction: Transaction): boolean => transaction.getMeta(HEARD) !== undefined;

/** The text that an editor of this state is bound to. */
export const boundTextOf = (state: EditorState): BoundText => HEARD.getState(state)!;

export const heard = (bound: BoundText): Plugin<BoundText> =>
  new Plugin<BoundText>({ key: HEARD, state: { init: () => bound, apply: () => bound } });
