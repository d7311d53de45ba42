import type { MessageKey, Translate } from '#lib/i18n/text.ts';
import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { LeftElsewhere } from '#lib/sync/left-elsewhere.svelte.ts';

export type SavedState = 'refused' | 'connecting' | 'waiting' | 'left' | 'saved' | 'saving' | 'offline';

/** `isLate`: an acknowledgement takes longer than usual. `isLeft`: there are changes that nobody sends any more. */
export function savedState(connection: DocumentConnection | null, isLeft: boolean, isLate: boolean): SavedState {
  if (connection?.status === 'refused') return 'refused';
  if (!connection || connection.status === 'connecting') return connection?.unsaved ? 'waiting' : 'connecting';
  if (connection.saved) return isLeft ? 'left' : 'saved';
  if (connection.status === 'online') return isLate && connection.unsaved > 0 ? 'waiting' : 'saving';
  return connection.unsaved > 0 ? 'waiting' : 'offline';
}

/** Whether there are changes that the server has not taken, and that nobody sends any more. */
export const isLeftOver = (connection: DocumentConnection | null, elsewhere: LeftElsewhere | null): boolean =>
  [...(connection?.drafts ?? []), ...(elsewhere?.drafts ?? [])].some(({ edits }) => edits > 0);

const TEXTS = {
  refused: 'board.disconnected',
  connecting: 'board.connecting',
  waiting: 'board.notSaved',
  left: 'board.savedBut',
  saved: 'board.saved',
  saving: 'board.saving',
  offline: 'board.offline',
} as const satisfies Record<SavedState, MessageKey>;

/** As it stands in the bar, for whoever asks to hear it. Without a number: edits are counted by letters, which nobody knows. */
export const savedText = (t: Translate, state: SavedState): string => t(TEXTS[state]);
