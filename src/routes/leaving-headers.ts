import type { RequestEvent } from '@sveltejs/kit';

/**
 * Asks the browser to forget what pages kept here, for when their script does not come to it. Not `cookies`: that would reach neighbours on
 * the domain; and browsers listen over https and on localhost only.
 */
export function leavingHeaders(event: Pick<RequestEvent, 'setHeaders'>): void {
  event.setHeaders({ 'clear-site-data': '"storage"' });
}
