import { fromBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';

/** The page of `sync-browser.test.ts`: one connection, shown as text by an effect, and within the test's reach. */
declare global {
  interface Window {
    connection: DocumentConnection;
    /** The text of a draft without what lies beyond its known state. */
    textKnown: (draft: Y.Doc, known: string) => string;
  }
}

const parameters = new URLSearchParams(location.search);
const seat = parameters.get('seat') as SeatId;
document.cookie = `seat=${seat}; path=/`;
const connection = new DocumentConnection({ document: parameters.get('document') as DocumentName, seat });
window.connection = connection;
window.textKnown = (draft, known) => {
  const clocks = Y.decodeStateVector(fromBase64(known));
  const words: string[] = [];
  for (let item = draft.getText('text')._start; item; item = item.right) {
    const length = Math.max(0, Math.min(item.length, (clocks.get(item.id.client) ?? 0) - item.id.clock));
    if (item.content instanceof Y.ContentString && !item.deleted) words.push(item.content.str.slice(0, length));
  }
  return words.join('');
};
$effect.root(() => {
  $effect(() => {
    document.body.textContent = JSON.stringify({
      status: connection.status,
      saved: connection.saved,
      unsaved: connection.unsaved,
      ready: connection.ready,
      keepsCopy: connection.keepsCopy,
      readOnly: connection.readOnly,
      refusal: connection.refusal,
      drafts: connection.drafts.length,
      others: connection.presence.seats,
    });
  });
});
connection.connect();
