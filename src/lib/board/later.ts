import type { Translate } from '#lib/i18n/text.ts';
import { part } from '#lib/shell/part.ts';
import { fetchRouter } from '#lib/start/router.ts';

/**
 * What nobody needs before the first idea is written. It is fetched as soon as the board stands, so that it is there when the
 * network goes: a hall's server without https has no service worker to keep it.
 */
export const later = askedAgain({
  standing: () => import('./standing.ts'),
  itemActions: () => import('./ItemActions.svelte'),
  themeActions: () => import('./ThemeActions.svelte'),
  heard: () => import('./HeardBoard.svelte'),
  words: () => import('./step-words.ts'),
  calls: () => import('#lib/live/calls/CallsOnBoard.svelte'),
  help: () => import('./KeysHelp.svelte'),
  status: () => import('./status-words.ts'),
  menu: () => import('./BoardMenu.svelte'),
  comments: () => import('./CommentsPanel.svelte'),
  commentsDialog: () => import('./CommentsDialog.svelte'),
  done: () => import('./DoneBar.svelte'),
  itemEditor: () => import('./ItemEditor.svelte'),
  heldNotice: () => import('./HeldNotice.svelte'),
  foldedText: () => import('./FoldedText.svelte'),
  keptNotice: () => import('./KeptNotice.svelte'),
  askRemoval: () => import('./AskRemoval.svelte'),
  touchDrag: () => import('./touch-drag.ts'),
  editor: () => import('#lib/editor/mount.ts'),
  pieces: () => import('#lib/sync/pieces.ts'),
  languages: () => import('#domain/languages/guess-language.ts'),
  paste: () => import('#lib/paste/pasted.ts'),
  pastedIdeas: () => import('./PastedIdeas.svelte'),
  drafts: () => import('./KeptDrafts.svelte'),
  sidePanel: () => import('./SidePanel.svelte'),
});

/** Each until it comes. */
function askedAgain<Parts extends Record<string, () => Promise<unknown>>>(parts: Parts): Parts {
  return Object.fromEntries(Object.entries(parts).map(([name, load]) => [name, () => part(load)])) as Parts;
}

const QUIET = 1_500; // ms; after the live channel, before anybody has read the question

/** With the messages of all that; then `then`. Returns how to call it off. */
export function fetchLater(t: Translate, then: () => void): () => void {
  const all = () =>
    Promise.allSettled([t.whole(), fetchRouter(), ...Object.values(later).map((load) => load())]).then(then);
  const timer = setTimeout(() => void all(), QUIET);
  return () => clearTimeout(timer);
}
