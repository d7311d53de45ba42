import { unreachable } from '#domain/unreachable.ts';
import type { ItemId, ThemeId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { deedOf, type Deed } from './keys.ts';

/** Keys of an item that has the focus itself; inside its editor and buttons they mean what they always mean. */
export function itemKeys(desk: BoardDesk, item: ItemId, theme: ThemeId | null): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.isComposing) return;
    if (desk.held === item) {
      // it was meant for a text that takes nothing any more
      if (event.key !== 'Tab' && !event.ctrlKey && !event.metaKey) event.preventDefault();
      if (event.key === 'Escape') desk.release();
      return;
    }
    if (desk.kept.of(item)) {
      if (event.key === 'Escape') desk.letGo(item);
      return;
    }
    const deed = deedOf('item', event, desk.keyboard);
    if (!deed || (deed === 'stop' && !desk.merging)) return;
    event.preventDefault();
    act(desk, item, theme, deed);
  };
}

function act(desk: BoardDesk, item: ItemId, theme: ThemeId | null, deed: Deed<'item'>): void {
  switch (deed) {
    case 'previous':
      return desk.focusNext(item, -1);
    case 'next':
      return desk.focusNext(item, 1);
    case 'edit':
      return desk.merging ? desk.mergeInto(item) : desk.edit(item);
    case 'moveUp':
      return desk.moveUp(item);
    case 'moveDown':
      return desk.moveDown(item);
    case 'themeUp':
    case 'themeDown':
      if (theme !== null) void desk.moveTheme(theme, deed === 'themeUp' ? -1 : 1);
      return;
    case 'merge':
      return desk.beginMerge(item);
    case 'comment':
      return desk.showComments(item);
    case 'remove':
      return desk.remove(item);
    case 'stop':
      return desk.endMerge();
    default:
      return unreachable(deed);
  }
}
