/** Bubbles from the nearest place that is still there when what had the focus is gone. Whoever knows a better place calls `preventDefault`. */
export const FOCUS_LOST = 'focuslost';

export function isUsable(element: Element): boolean {
  return (
    element.isConnected &&
    !element.matches(':disabled') &&
    !element.closest('[inert]') &&
    element.checkVisibility?.() !== false
  );
}
