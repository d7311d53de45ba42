import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import { pageStorage } from '#lib/sync/page-storage.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { keepTitles, takeAlong, type Along } from './left-typed.ts';

/**
 * What stands in fields is found at the board where this person goes from here. `along`: what of the field for the next idea is there
 * already; it comes back as it is now.
 */
export function keepFields(
  desk: BoardDesk,
  connection: DocumentConnection,
  to: string | undefined,
  along: Along | null,
): Along | null {
  connection.findsDrafts = true;
  if (desk.isStanding) desk.writing.keepWords();
  const { seatId } = desk.session.me;
  const titles = desk.board.themes.map(({ title }) => title.text);
  const fields = document.querySelectorAll<HTMLInputElement>('main :is(form, h2) input');
  const typed = [...fields].map(({ value }) => value.trim()).filter((value) => value !== '' && !titles.includes(value));
  try {
    const taken = to === undefined ? along : (takeAlong(seatId, connection.name, to, pageStorage(), along) ?? along);
    keepTitles(seatId, typed, pageStorage());
    return taken;
  } catch {
    return along; // Full, or forbidden: they stay in this page.
  }
}
