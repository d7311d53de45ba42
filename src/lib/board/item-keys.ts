import { unreachable } from '#domain/unreachable.ts';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import { part } from '#lib/shell/part.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { deedOf, type Deed } from './keys.ts';

/** Keys of an item that has the focus itself; inside its editor and buttons they mean what they always mean. */
export function itemKeys(desk: BoardDesk, item: ItemId, theme: ThemeId | null): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.isComposing) return;
    if (desk.writing.held === item) {
      // it was meant for a text that takes nothing any more
      if (event.key !== 'Tab' && !event.ctrlKey && !event.metaKey) event.preventDefault();
      if (event.key === 'Escape') desk.writing.release();
      return;
    }
    if (desk.kept.of(item)) {
      if (event.key === 'Escape') void part(() => import('./taken-away.ts')).then(({ letGo }) => letGo(desk, item));
      return;
    }
    const deed = deedOf('item', event, desk.keys.keyboard);
    if (!deed || (deed === 'stop' && !desk.merging.item)) return;
    event.preventDefault();
    act(desk, item, theme, deed);
  };
}

function act(desk: BoardDesk, item: ItemId, theme: ThemeId | null, deed: Deed<'item'>): void {
  switch (deed) {
    case 'previous':
      return desk.guide.focusNext(item, -1);
    case 'next':
      return desk.guide.focusNext(item, 1);
    case 'edit':
      return desk.merging.item ? desk.merging.into(item) : desk.writing.begin(item);
    case 'moveUp':
      return desk.moves.up(item);
    case 'moveDown':
      return desk.moves.down(item);
    case 'themeUp':
    case 'themeDown':
      if (theme !== null) desk.themes.move(theme, deed === 'themeUp' ? -1 : 1);
      return;
    case 'merge':
      return desk.merging.begin(item);
    case 'comment':
      return desk.panels.showComments(item);
    case 'remove':
      return desk.removal.ask(item);
    case 'stop':
      return desk.merging.end();
    default:
      return unreachable(deed);
  }
}
