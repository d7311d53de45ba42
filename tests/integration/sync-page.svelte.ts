import { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import type { SeatId } from '#domain/ids.ts';
import type { DocumentName } from '#protocol/document-name.ts';

/** The page of `sync-browser.test.ts`: one connection, shown as text by an effect, and within the test's reach. */
declare global {
  interface Window {
    connection: DocumentConnection;
  }
}

const parameters = new URLSearchParams(location.search);
const seat = parameters.get('seat') as SeatId;
document.cookie = `seat=${seat}; path=/`;
const connection = new DocumentConnection({ document: parameters.get('document') as DocumentName, seat });
window.connection = connection;
$effect.root(() => {
  $effect(() => {
    document.body.textContent = JSON.stringify({
      status: connection.status,
      saved: connection.saved,
      unsaved: connection.unsaved,
      ready: connection.ready,
      readOnly: connection.readOnly,
      drafts: connection.drafts.length,
      others: connection.presence.seats,
    });
  });
});
connection.connect();
