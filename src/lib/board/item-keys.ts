import type { ItemId, ThemeId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';

/** Keys of an item that has the focus itself; inside its editor and buttons they mean what they always mean. */
export function itemKeys(desk: BoardDesk, item: ItemId, theme: ThemeId | null): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey) return;
    const act = actionOf(desk, item, theme, event);
    if (!act) return;
    event.preventDefault();
    act();
  };
}

function actionOf(desk: BoardDesk, item: ItemId, theme: ThemeId | null, event: KeyboardEvent): (() => unknown) | null {
  const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : null;
  if (step !== null) {
    if (event.altKey && event.shiftKey) return theme === null ? null : () => desk.moveTheme(theme, step);
    if (event.altKey) return () => (step < 0 ? desk.moveUp(item) : desk.moveDown(item));
    return () => desk.focusNext(item, step);
  }
  if (event.altKey) return null;
  // By place on the keyboard, so that Cyrillic and Urdu layouts have the same keys.
  switch (event.code) {
    case 'Enter':
    case 'NumpadEnter':
      return () => (desk.merging ? desk.mergeInto(item) : desk.edit(item));
    case 'Escape':
      return desk.merging ? () => desk.endMerge() : null;
    case 'KeyM':
      return () => desk.beginMerge(item);
    case 'KeyC':
      return () => desk.showComments(item);
    case 'Delete':
      return () => desk.remove(item);
    default:
      return null;
  }
}
