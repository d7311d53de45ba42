import { flushSync, mount, unmount } from 'svelte';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { ownUndo } from '#lib/board/undo.ts';
import { putCaret } from '../put-caret.ts';
import DeskEditor from './DeskEditor.svelte';

/** One person's window: a real editor, and what it has to tell the others. */
export interface WritingDesk {
  begin(client: number, beginning: readonly number[]): void;
  /** What was written since the last call. */
  take(): number[][];
  hear(update: readonly number[]): void;
  /** Gives the text the focus, with the caret in front of these words. */
  point(words: string): void;
  readonly text: string;
}

declare global {
  interface Window {
    desk: WritingDesk;
  }
}

let opened: { doc: Y.Doc; awareness: Awareness; editor: Record<string, unknown> } | null = null;
let updates: number[][] = [];

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
    const props = {
      fragment: bodyIn(doc),
      awareness,
      undoManager: ownUndo(doc, 'buttons'),
      lang: 'en',
      label: 'text',
      onleave() {},
    };
    const editor = mount(DeskEditor, { target: document.body, props: { ...props, nameOf: (seat: string) => seat } });
    flushSync();
    opened = { doc, awareness, editor };
  },
  take: () => updates.splice(0),
  hear: (update) => Y.applyUpdate(opened!.doc, Uint8Array.from(update), 'network'),
  point(words) {
    place().focus();
    putCaret(place(), words);
  },
  get text() {
    const copy = place().cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.their-caret')) caret.remove();
    return [...copy.querySelectorAll('p')].map((paragraph) => paragraph.textContent).join('¶');
  },
};
