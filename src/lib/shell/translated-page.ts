/**
 * A browser that translates a page takes each text out of it and puts a `<font>` there. Whoever holds the text (Svelte does) then changes
 * something that nobody sees: clocks stand still and words of others never come. Here the text is put back, empty, in front of its
 * translation; as soon as it says something new, or goes, its translation goes, and the browser translates what is new.
 */
export function keepTranslatedPageAlive(root: HTMLElement, ontranslated: () => void): () => void {
  const pairs = new Map<Text, Translated>();
  const paired = new WeakSet<Node>();
  const observer = new MutationObserver((records) => {
    const changed = new Set(records.filter(({ type }) => type === 'characterData').map(({ target }) => target));
    for (const record of records) {
      if (record.type === 'childList') for (const node of record.removedNodes) takenOut(node, record, changed);
      else if (record.type === 'attributes' && isTranslated(root)) ontranslated();
    }
    for (const [text, pair] of pairs) settle(text, pair);
    observer.takeRecords(); // what was done here is nobody else's news
  });

  function takenOut(node: Node, record: MutationRecord, changed: ReadonlySet<Node>) {
    if (!(node instanceof Text) || node.isConnected || pairs.has(node)) return;
    const font = [...record.addedNodes, record.nextSibling, record.previousSibling].find(isTranslation);
    if (!font?.isConnected || paired.has(font)) return;
    paired.add(font);
    ontranslated();
    if (changed.has(node)) return font.replaceWith(node);
    pairs.set(node, { font, was: node.data });
    node.data = '';
    font.before(node);
  }

  function settle(text: Text, { font, was }: Translated) {
    if (text.isConnected && font.isConnected && text.data === '') {
      if (text.nextSibling !== font) text.after(font);
      return;
    }
    pairs.delete(text);
    if (font.isConnected) font.remove();
    else if (text.isConnected && text.data === '') text.data = was; // somebody asked for the original
  }

  observer.observe(root, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ['class'],
  });
  if (isTranslated(root)) ontranslated();
  return () => observer.disconnect();
}

interface Translated {
  readonly font: HTMLElement;
  readonly was: string;
}

const isTranslation = (node: Node | null): node is HTMLElement => node?.nodeName === 'FONT';
const isTranslated = ({ classList }: HTMLElement): boolean =>
  classList.contains('translated-ltr') || classList.contains('translated-rtl');
