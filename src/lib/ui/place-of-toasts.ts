/** The dialog in front, if one is open: what lies behind it can be neither read to the end nor pressed. */
export function dialogInFront(): HTMLElement | null {
  const open = [...document.querySelectorAll<HTMLElement>('dialog:modal')];
  return open.find((dialog) => dialog.contains(document.activeElement)) ?? open.at(-1) ?? null;
}
