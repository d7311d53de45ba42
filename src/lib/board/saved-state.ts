import type { MessageKey, Translate } from '#lib/i18n/text.ts';
import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { LeftElsewhere } from '#lib/sync/left-elsewhere.svelte.ts';

export type SavedState = 'refused' | 'connecting' | 'waiting' | 'left' | 'saved' | 'saving' | 'offline';

/** `isLate`: an acknowledgement takes longer than usual. `left`: changes that nobody sends any more. */
export function savedState(connection: DocumentConnection | null, left: number, isLate: boolean): SavedState {
  if (connection?.status === 'refused') return 'refused';
  if (!connection || connection.status === 'connecting') return connection?.unsaved ? 'waiting' : 'connecting';
  if (connection.saved) return left > 0 ? 'left' : 'saved';
  if (connection.status === 'online') return isLate && connection.unsaved > 0 ? 'waiting' : 'saving';
  return connection.unsaved > 0 ? 'waiting' : 'offline';
}

/** Changes that the server has not taken, and that nobody sends any more. */
export const leftOver = (connection: DocumentConnection | null, elsewhere: LeftElsewhere | null): number =>
  [...(connection?.drafts ?? []), ...(elsewhere?.drafts ?? [])].reduce((sum, { edits }) => sum + edits, 0);

const TEXTS = {
  refused: 'board.disconnected',
  connecting: 'board.connecting',
  saved: 'board.saved',
  saving: 'board.saving',
  offline: 'board.offline',
} as const satisfies Partial<Record<SavedState, MessageKey>>;

/** As it stands in the bar, for whoever asks to hear it. */
export function savedText(t: Translate, state: SavedState, left: number, unsaved: number): string {
  if (state === 'left') return t('board.savedBut', { count: left });
  if (state === 'waiting') return t('board.notSaved', { count: unsaved });
  return t(TEXTS[state]);
}
