/**
 * A list of choices that sets something: at once where one is pointed at, and where keys look through it on Enter, or as it is left, since
 * an arrow key has already chosen in some browsers (WCAG 3.2.2).
 */
export const whenChosen = (set: (value: string) => void) => (list: HTMLSelectElement) => {
  let stands: string | null = null;
  const choose = () => {
    stands = null;
    set(list.value);
  };
  /** By keys, and something else than before they came. */
  const isOpen = () => stands !== null && stands !== list.value;
  list.addEventListener('keydown', ({ key }) => {
    stands ??= list.value;
    if (key === 'Enter' && isOpen()) choose();
  });
  list.addEventListener('pointerdown', () => (stands = null));
  list.addEventListener('change', () => stands === null && choose());
  list.addEventListener('blur', () => {
    if (isOpen()) choose();
    stands = null;
  });
};
