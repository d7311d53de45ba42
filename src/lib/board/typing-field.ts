const IN_SIGHT = 'position:fixed;inset:50% auto auto 0;inline-size:1px;padding:0;border:0;opacity:0;font-size:16px';

/**
 * Takes what is typed between the wish to edit an item and its editor. A phone shows its keyboard only for what gets the focus within
 * the tap. `name`: the element that says what is edited.
 */
export function typingField(name: string): HTMLTextAreaElement {
  const field = document.createElement('textarea');
  field.style.cssText = IN_SIGHT;
  field.setAttribute('aria-labelledby', name);
  document.querySelector('main')?.append(field);
  return field;
}
