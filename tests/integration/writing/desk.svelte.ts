import { flushSync, mount, unmount } from 'svelte';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ownUndo } from '#lib/board/undo.ts';
import DeskEditor from './DeskEditor.svelte';

/** One person's window: a real editor, and what it has to tell the others. */
export interface WritingDesk {
  begin(client: number, beginning: readonly number[]): void;
  readonly isReady: boolean;
  /** What was written since the last call, and who points where. */
  take(): { updates: number[][]; pointing: number[] | null };
  hear(update: readonly number[]): void;
  see(pointing: readonly number[]): void;
  /** Gives it the focus; its caret stays where it was. */
  sit(): void;
  point(words: string): void;
  paste(words: string): void;
  readonly text: string;
  readonly tree: string;
  readonly hasFocus: boolean;
}

declare global {
  interface Window {
    desk: WritingDesk;
    keyUp?: () => void;
  }
}

let opened: { doc: Y.Doc; awareness: Awareness; editor: Record<string, unknown> } | null = null;
let updates: number[][] = [];
let hasPointed = false;

const place = (): HTMLElement => document.querySelector<HTMLElement>('.ProseMirror')!;
const bodyIn = (doc: Y.Doc) => (doc.getMap('items').get('idea') as Y.Map<unknown>).get('body') as Y.XmlFragment;

window.desk = {
  begin(client, beginning) {
    if (opened) {
      void unmount(opened.editor);
      opened.awareness.destroy();
      opened.doc.destroy();
    }
    const doc = new Y.Doc();
    doc.clientID = client;
    Y.applyUpdate(doc, Uint8Array.from(beginning), 'network');
    updates = [];
    doc.on('update', (update: Uint8Array, origin) => {
      if (origin !== 'network') updates.push([...update]);
    });
    const awareness = new Awareness(doc);
    awareness.on('update', (_: unknown, origin: unknown) => (hasPointed ||= origin === 'local'));
    const undoManager = ownUndo(doc, 'buttons');
    const props = {
      fragment: bodyIn(doc),
      awareness,
      undoManager,
      lang: 'en',
      label: 'text',
      onleave() {},
    };
    const editor = mount(DeskEditor, { target: document.body, props: { ...props, nameOf: (seat: string) => seat } });
    flushSync();
    opened = { doc, awareness, editor };
  },
  get isReady() {
    return document.querySelector('.ProseMirror') !== null;
  },
  take() {
    const taken = updates;
    updates = [];
    const { awareness } = opened!;
    const pointing = hasPointed ? [...encodeAwarenessUpdate(awareness, [awareness.clientID])] : null;
    hasPointed = false;
    return { updates: taken, pointing };
  },
  hear: (update) => Y.applyUpdate(opened!.doc, Uint8Array.from(update), 'network'),
  see: (pointing) => applyAwarenessUpdate(opened!.awareness, Uint8Array.from(pointing), 'network'),
  sit() {
    window.focus();
    place().focus();
  },
  point(words) {
    const texts = document.createTreeWalker(place(), NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const at = (texts.currentNode as Text).data.indexOf(words);
      if (at < 0) continue;
      getSelection()!.collapse(texts.currentNode, at);
      return;
    }
  },
  paste(words) {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', words);
    place().dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  },
  get text() {
    const copy = place().cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
    return [...copy.querySelectorAll('p')].map((paragraph) => paragraph.textContent).join('¶');
  },
  get tree() {
    return bodyIn(opened!.doc).toJSON();
  },
  get hasFocus() {
    return focused.get!.call(document) === place();
  },
};

// At home each person has the focus all the time; here it goes round, and the editors shall not notice.
const focused = Object.getOwnPropertyDescriptor(Document.prototype, 'activeElement')!;
Object.defineProperty(document, 'activeElement', { get: () => place() ?? document.body });
for (const event of ['blur', 'focusout', 'focus', 'focusin']) {
  window.addEventListener(event, (told) => told.stopImmediatePropagation(), { capture: true });
}

window.addEventListener('keyup', () => (window.parent as Window).keyUp?.());
