/** In front of the first words like these, where they lie in one piece. */
export function putCaret(place: HTMLElement, words: string): void {
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const at = (texts.currentNode as Text).data.indexOf(words);
    if (at < 0) continue;
    getSelection()!.collapse(texts.currentNode, at);
    return;
  }
}
