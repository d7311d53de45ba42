/**
 * What others, or the end of writing, took away under this person's hands: its words stay for them, until they are back or let go.
 * Imported with what shows them, not with the board.
 */
import type { ItemId } from '#domain/ids.ts';
import type { MessageKey, Values } from '#lib/i18n/text.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import type { Author } from './other-hands.ts';
import { itemsInOrder } from './places.ts';
import type { Drafts } from './put-back.ts';
import { whereaboutsOf } from './whereabouts.ts';

type Desk<Part extends keyof BoardDesk> = Pick<BoardDesk, Part | 'kept' | 'voice' | 't'>;

/** Somebody took away the item whose editor is open: its words stay where they are, for this person alone. */
export function lose(
  desk: Desk<'session' | 'presence' | 'nameOf' | 'names' | 'writing'>,
  item: ItemId,
  by: Author | null,
): void {
  const { session, presence, nameOf, kept, names, voice, writing, t } = desk;
  const where = whereaboutsOf(session.board, item);
  if (!where) return writing.leave(item, 'key');
  const { theme, root, above } = where;
  const seat = names.seatOf(by);
  kept.keep({
    item: { ...where.item, merged: [] },
    theme,
    above: root.id === item ? above : root.id,
    by: seat,
  });
  // what is shown still has it until the next frame, as if somebody had brought it back
  session.show();
  presence.pointAt(null);
  const name = seat && nameOf(seat);
  void said(desk, () => {
    if (!kept.of(item)) return; // it is back already
    voice.say(`${name ? t('board.goneBy', { name }) : t('board.gone')} ${t('board.goneKept')}`, 'once');
  });
}

/** The item whose editor is open is on the board again. */
export function found({ session, presence, kept, voice, t }: Desk<'session' | 'presence'>, item: ItemId): void {
  kept.drop(item);
  // what is shown does not have it until the next frame; who deletes it again before that takes its words from there
  session.show();
  presence.pointAt(item);
  voice.say(t('board.restored'), 'once');
}

export function bringBack(desk: Desk<'session' | 'guide' | 'writing' | 'connection'>, item: ItemId): void {
  const { session, kept, connection, voice, guide, writing, t } = desk;
  if (!voice.mayWrite()) return;
  const isOpen = writing.isOpenAt(item);
  if (isOpen) writing.keepWords();
  const one = kept.of(item);
  if (!one) return;
  session.bringBack(one.item, one);
  if (one.isLate && connection)
    void import('./put-back.ts').then(({ forgetReturned }) => forgetReturned(session, connection));
  if (isOpen) return;
  kept.drop(item);
  voice.say(t('board.restored'));
  void guide.focus(item);
}

/** What was kept goes; for a while it can be had again. */
export function letGo(
  { board, kept, voice, guide, writing, t }: Desk<'board' | 'guide' | 'writing'>,
  item: ItemId,
): void {
  const items = itemsInOrder(board);
  const next = items[items.findIndex(({ id }) => id === item) + 1] ?? items.at(-2);
  writing.leave(item, 'focus');
  const one = kept.of(item);
  if (!one) return;
  kept.drop(item);
  if (next) void guide.focus(next.id);
  voice.regret(t('board.letGone'), () => kept.keep(one));
}

/** Brings what came too late onto the board, now that writing is open again. */
export async function putBackHere(
  desk: Desk<'session' | 'connection'>,
  drafts: Drafts | null = desk.connection,
): Promise<void> {
  const { session, voice, t } = desk;
  if (!drafts || !voice.mayWrite()) return;
  const { putBack } = await import('./put-back.ts');
  const count = await putBack(session, drafts, drafts === desk.connection);
  await said(desk, () => voice.note(count > 0 ? t('board.putBackDone', { count }) : t('board.draftsNothing')));
}

/** A word about what somebody else did to what this person writes. */
export function tellDeed(
  desk: Desk<'session' | 'names'>,
  key: MessageKey,
  client: number | null,
  values: Values,
): void {
  const { session, names, voice, t } = desk;
  if (client === session.doc.clientID) return;
  const name = names.authorOf(client === null ? null : { client, seat: null });
  void said(desk, () => voice.note(t(key, { ...values, name })));
}

/** Who opens an editor at once may be here before the messages for it; without a network those that are there must do. */
async function said({ t }: Pick<BoardDesk, 't'>, say: () => void): Promise<void> {
  await t.whole().catch(() => undefined);
  say();
}
