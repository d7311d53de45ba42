import { FOCUS_LOST, isUsable } from './focus-lost.ts';

const BY_POINTER = 400; // ms; who presses on nothing wants the focus nowhere
const FOCUSABLE =
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], [tabindex]:not([tabindex="-1"])';

/**
 * The focus never falls to the page: when its element goes, is disabled or hidden, by whoever's deed, the next place is the nearest one
 * around where it was. Returns how to stop.
 */
export function keepFocus(main: HTMLElement): () => void {
  let last: Element | null = null;
  let trail: readonly Element[] = [];
  let pressedAt = -Infinity;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const focused = ({ target }: FocusEvent) => {
    last = target as Element;
    trail = ancestorsOf(last);
  };
  const pressed = () => (pressedAt = performance.now());
  const look = () => (timer ??= setTimeout(check));

  function check() {
    timer = null;
    if (!last || !document.hasFocus() || (document.activeElement && document.activeElement !== document.body)) return;
    const isThere = isUsable(last);
    if (isThere && performance.now() - pressedAt < BY_POINTER) {
      last = null;
      return;
    }
    // A list that is put in another order takes the focus from what it moves.
    if (isThere) (last as HTMLElement).focus({ preventScroll: true });
    else recover();
  }

  function recover() {
    const around = trail.filter((element) => element.isConnected);
    const modal = document.querySelector('dialog:modal');
    const lost = new CustomEvent(FOCUS_LOST, { bubbles: true, cancelable: true, detail: last });
    // A note lies outside of what it is about.
    const from = around.find((element) => main.contains(element)) ?? main;
    if (!modal && !from.dispatchEvent(lost)) return;
    for (const element of modal && !around.some((one) => modal.contains(one)) ? [modal] : around) {
      if (element === main || element.contains(main)) break;
      const next = nextIn(element, last!);
      if (next) return next.focus();
    }
    main.focus();
  }

  // A dialog that closes, a button that is disabled, a row that goes: all of it is a change of the tree.
  const observer = new MutationObserver(look);
  observer.observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ['disabled', 'hidden', 'open', 'inert'],
  });
  document.addEventListener('focusin', focused);
  document.addEventListener('focusout', look);
  document.addEventListener('pointerdown', pressed, true);
  window.addEventListener('focus', look);
  return () => {
    if (timer !== null) clearTimeout(timer);
    observer.disconnect();
    document.removeEventListener('focusin', focused);
    document.removeEventListener('focusout', look);
    document.removeEventListener('pointerdown', pressed, true);
    window.removeEventListener('focus', look);
  };
}

function ancestorsOf(element: Element): Element[] {
  const ancestors: Element[] = [];
  for (let at = element.parentElement; at; at = at.parentElement) ancestors.push(at);
  return ancestors;
}

/** What follows the lost element, else what comes before it; where it is gone itself, the first there is. */
function nextIn(around: Element, lost: Element): HTMLElement | null {
  const all = [...around.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element !== lost && isUsable(element),
  );
  if (!lost.isConnected) return all[0] ?? null;
  const after = all.find((element) => lost.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  return after ?? all.at(-1) ?? null;
}
