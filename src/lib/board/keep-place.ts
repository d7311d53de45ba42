import type { ItemId, ThemeId } from '#domain/ids.ts';
import { FOCUS_LOST, isUsable } from '#lib/ui/focus-lost.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { domIdOf } from './dom-id.ts';
import { itemsInOrder } from './places.ts';

/** Where one was on a board, in terms that outlive its elements. */
interface Place {
  readonly item: ItemId | null;
  readonly theme: ThemeId | null;
  /** All items as they stood then. */
  readonly order: readonly ItemId[];
}

const FIELDS = 'input, textarea, [contenteditable=true]';
const PAUSE = 1_000; // ms without a key, by which somebody has seen that their field is gone

/** Where the focus goes when its item was moved, merged or deleted, by whoever: an attachment. */
export function keepPlace(desk: BoardDesk): (node: HTMLElement) => () => void {
  // a document that was replaced comes a moment after its board
  let place: Place | null = desk.writing.held && { item: desk.writing.held, theme: null, order: orderOn(desk) };
  let isWriting = false;
  /** Keys until then were meant for a field that others took away: `m` of a word must not merge two ideas. */
  let mutedUntil = 0;

  const focused = ({ target }: FocusEvent) => {
    const element = target as Element;
    isWriting = element.matches(FIELDS);
    // Dialogs and the panel beside the board are about the item one came from.
    if (element.closest('dialog, aside')) return;
    const order = orderOn(desk);
    const around = onBoardAround(element);
    const item = order.find((id) => around.has(domIdOf(id))) ?? null;
    const theme = desk.board.themes.find(({ id }) => around.has(domIdOf(id)))?.id ?? null;
    if (desk.writing.held && item !== desk.writing.held) desk.writing.release();
    place = item || theme ? { item, theme, order } : null;
  };

  const lost = (event: Event) => {
    // Within a bar, a list or a form the nearest one left is better known than any item.
    if (!place && (event.target as Element).closest('header, nav, aside, form')) return;
    if (desk.writing.held && !itemsInOrder(desk.board).some(({ id }) => id === desk.writing.held)) {
      // it is on its way: whoever typed there must not go on in another field
      return event.preventDefault();
    }
    const next =
      (place && (nextOf(desk, place) ?? (desk.canWrite ? ideaField() : null))) ??
      document.querySelector<HTMLElement>('main h1[tabindex]');
    if (!next) return;
    event.preventDefault();
    const wasWriting = isWriting;
    next.focus();
    if (wasWriting && !isWriting) mutedUntil = performance.now() + PAUSE;
  };

  const pressed = (event: KeyboardEvent) => {
    const now = performance.now();
    if (now >= mutedUntil) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    mutedUntil = 0;
    if (key === 'Escape' || key === 'Tab' || ctrlKey || metaKey || altKey) return;
    mutedUntil = now + PAUSE;
    event.preventDefault();
    event.stopPropagation();
  };

  return (node) => {
    node.addEventListener('focusin', focused);
    node.addEventListener(FOCUS_LOST, lost);
    node.addEventListener('keydown', pressed, { capture: true });
    return () => {
      node.removeEventListener('focusin', focused);
      node.removeEventListener(FOCUS_LOST, lost);
      node.removeEventListener('keydown', pressed, { capture: true });
    };
  };
}

const orderOn = (desk: BoardDesk): readonly ItemId[] => itemsInOrder(desk.board).map(({ id }) => id);

/** Ids of the elements of an item and of a theme that an element lies in. */
function onBoardAround(element: Element): ReadonlySet<string> {
  const ids = new Set<string>();
  for (let at: Element | null = element; at; at = at.parentElement) if (at.id) ids.add(at.id);
  return ids;
}

/** The item itself, the one it went into, the one that stands there now, the one before; then the theme. */
function nextOf(desk: BoardDesk, { item, theme, order }: Place): HTMLElement | null {
  const items = itemsInOrder(desk.board);
  const at = item ? order.indexOf(item) : -1;
  const around = at < 0 ? [] : [...order.slice(at), ...order.slice(0, at).reverse()];
  const into = items.find(({ merged }) => merged.some(({ id }) => id === item))?.id;
  for (const id of into ? [into, ...around] : around) {
    const element = document.getElementById(domIdOf(id));
    if (element && isUsable(element)) return element;
  }
  return (
    theme && (document.getElementById(domIdOf(theme))?.querySelector<HTMLElement>('button, input, textarea') ?? null)
  );
}

const ideaField = () => document.querySelector<HTMLElement>('main .below :is(textarea, [contenteditable=true])');
