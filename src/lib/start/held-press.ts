/** What the browser answers by itself needs nobody. */
const BUTTON = 'button[type=button]:not([popovertarget])';
const MOST = 5_000; // ms; whoever waited longer has turned to something else, and what nobody sees coming is not to happen

/** The last press on a button while the page is not awake. It is done, once, by what this returns. */
export function heldPress(page: EventTarget = window): () => void {
  let pressed: { readonly button: HTMLElement; readonly at: number } | null = null;
  const hear = (event: Event) => {
    const button = (event.target as Element).closest<HTMLElement>(BUTTON);
    pressed = button && { button, at: performance.now() };
  };
  page.addEventListener('click', hear, true);
  return () => {
    page.removeEventListener('click', hear, true);
    if (pressed && pressed.button.isConnected && performance.now() - pressed.at < MOST) pressed.button.click();
  };
}
