import { flushSync, tick } from 'svelte';
import type { BoardDesk } from './board-desk.svelte.ts';
import { spotAt } from './early-words.ts';
import { ITEM, type Early, type Parts } from './early-touch.ts';

/** All parts at once, on the board that the server wrote: each finds its elements, which stay. */
export function wake(desk: BoardDesk, parts: Parts): void {
  desk.stand();
  const { early } = desk;
  if (!early || early.isOver) return;
  for (const [place, show] of early.parts) {
    if (place.lastChild) {
      // between these Svelte looks for what it wrote; behind a component there is an empty one
      place.prepend(new Comment('['));
      (place.lastChild as Comment).data = ']';
    }
    show(parts);
  }
  early.parts.clear();
  flushSync();
  desk.awake();
  flushSync();
  early.end();
}

/** What was done to it before, in the same order, once it can be done; what was typed goes on where it began. */
export async function doAgain(desk: BoardDesk): Promise<void> {
  const { early } = desk;
  if (!early || early.isRepeated) return;
  early.isRepeated = true;
  const { all, edit, field } = early;
  const focused = document.activeElement;
  const isLeft = field?.value === '' && focused !== field;
  for (const one of all) {
    await tick();
    if (one !== edit) repeat(one);
    else if (field && !isLeft) desk.writing.goOn({ field, spot: spotOf(one) }, () => repeat(one));
  }
  if (isLeft || desk.editing === null) early.giveBack();
  else early.field = null;
  if (focused?.matches(ITEM) && focused === document.activeElement) {
    focused.dispatchEvent(new FocusEvent('focus'));
    focused.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
  }
}

const spotOf = ({ range }: Early) => range && spotAt(range.startContainer, range.startOffset);

function repeat({ event, pointer, item }: Early): void {
  const target = event.target as Element;
  const element = target.isConnected ? target : document.getElementById(item ?? '');
  if (event instanceof KeyboardEvent) {
    // keys before it may have led to another item
    const at = document.activeElement?.closest(ITEM) ?? element;
    at?.dispatchEvent(new KeyboardEvent(event.type, event));
    return;
  }
  element?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, pointerType: pointer }));
  element?.dispatchEvent(new MouseEvent(event.type, { bubbles: true, cancelable: true }));
}
