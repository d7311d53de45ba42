import { flushSync, mount, unmount } from 'svelte';
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { ItemId, SeatId } from '#domain/ids.ts';
import { domIdOf } from '#lib/board/dom-id.ts';
import { KeptItems } from '#lib/board/kept-items.svelte.ts';
import type { DocumentConnection } from '#lib/sync/document-connection.svelte.ts';
import { Presence } from '#lib/sync/presence.svelte.ts';
import { readBoard } from '#protocol/board/read.ts';
import { boardShape } from '#protocol/board/shape.ts';
import { putCaret } from '../put-caret.ts';
import Person from './Person.svelte';
import type {} from './room.ts';

/** One person's window: a real board, and what it has to tell the others. */
export interface PersonsWindow {
  begin(client: number, beginning: readonly number[], item: string): void;
  /** What the document says is shown. */
  drawn(): Promise<void>;
  /** What was written since the last call, and who points where. */
  take(): { updates: Uint8Array[]; pointing: Uint8Array | null };
  hear(update: Uint8Array): void;
  see(pointing: Uint8Array): void;
  /** Where the focus is. */
  readonly focus: 'text' | 'early' | 'item' | 'kept' | 'body' | 'other';
  /** The item that is written in, or that has the focus. */
  readonly item: string;
  /** The letters beside the caret. */
  readonly beside: readonly [left: string, right: string];
  /** Where the focus is, in which text, and where in it the caret stands. */
  readonly stand: string;
  /** What the browser would tell a moment later: the caret was moved. */
  lookAtCaret(): void;
  point(words: string): void;
  paste(words: string): void;
  /** Presses the button for the words that were kept; false where there are none. */
  bringBack(): boolean;
  readonly words: Record<string, string>;
  readonly board: string;
  /** What the open editor shows and the document has not; null when they are the same. */
  readonly difference: string | null;
}

declare global {
  interface Window {
    person: PersonsWindow;
  }
}

let opened: { doc: Y.Doc; awareness: Awareness; board: Record<string, unknown> } | null = null;
let updates: Uint8Array[] = [];
let hasPointed = false;

const editor = (): HTMLElement | null => document.querySelector<HTMLElement>('.ProseMirror');
const section = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>('section.item') ?? null;
const ITEM = domIdOf('' as ItemId);

window.person = {
  begin(client, beginning, item) {
    if (opened) {
      void unmount(opened.board);
      opened.awareness.destroy();
      opened.doc.destroy();
    }
    const doc = new Y.Doc();
    doc.clientID = client;
    Y.applyUpdate(doc, Uint8Array.from(beginning), 'network');
    updates = [];
    doc.on('update', (update: Uint8Array, origin) => {
      if (origin !== 'network') updates.push(update);
    });
    const awareness = new Awareness(doc);
    awareness.on('update', (_: unknown, origin: unknown) => (hasPointed ||= origin === 'local'));
    const presence = new Presence();
    presence.watch(awareness);
    const connection = {
      doc,
      awareness,
      presence,
      ready: true,
      readOnly: false,
      status: 'online',
      drafts: [],
    } as unknown as DocumentConnection;
    const board = mount(Person, {
      target: document.body,
      props: {
        connection,
        me: { seatId: `seat-${client}` as SeatId, language: 'en' },
        seed: { themes: [], loose: [] },
        place: { document: 'board', item: null, isComposing: false, kept: new KeptItems(), board: null },
      },
    });
    flushSync();
    opened = { doc, awareness, board };
    document.getElementById(domIdOf(item as ItemId))!.focus();
  },
  async drawn() {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
  },
  take() {
    const taken = updates;
    updates = [];
    const { awareness } = opened!;
    const pointing = hasPointed ? encodeAwarenessUpdate(awareness, [awareness.clientID]) : null;
    hasPointed = false;
    return { updates: taken, pointing };
  },
  hear: (update) => Y.applyUpdate(opened!.doc, update, 'network'),
  see: (pointing) => applyAwarenessUpdate(opened!.awareness, pointing, 'network'),
  get focus() {
    const { activeElement: active } = document;
    if (!active || active === document.body) return 'body';
    if (active === editor()) return 'text';
    if (active.matches('textarea[aria-labelledby]')) return 'early';
    if (active !== section()) return 'other';
    return active.querySelector('.kept') ? 'kept' : 'item';
  },
  get item() {
    const told: unknown = opened!.awareness.getLocalState()?.item;
    return typeof told === 'string'
      ? told
      : (document.activeElement?.closest('section.item')?.id.slice(ITEM.length) ?? '');
  },
  get beside(): readonly [string, string] {
    const { focusNode, focusOffset } = getSelection()!;
    const around = (focusNode instanceof Element ? focusNode : focusNode?.parentElement)?.closest('p');
    if (!focusNode || !around) return ['', ''];
    const [before, behind] = [new Range(), new Range()];
    before.selectNodeContents(around);
    before.setEnd(focusNode, focusOffset);
    behind.selectNodeContents(around);
    behind.setStart(focusNode, focusOffset);
    return [before.toString().at(-1) ?? '', behind.toString().at(0) ?? ''];
  },
  get stand() {
    const lines = [...(editor()?.querySelectorAll('p') ?? [])];
    const { focusNode, focusOffset } = getSelection()!;
    const before = new Range();
    const line = lines.findIndex((one) => one.contains(focusNode));
    if (line >= 0) before.setStart(lines[line]!, 0);
    if (line >= 0) before.setEnd(focusNode!, focusOffset);
    return JSON.stringify([this.focus, line, before.toString().length, lines.map(({ textContent }) => textContent)]);
  },
  lookAtCaret: () => void document.dispatchEvent(new Event('selectionchange')),
  point: (words) => putCaret(editor()!, words),
  paste(words) {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', words);
    editor()!.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  },
  bringBack() {
    const button = document.querySelector<HTMLElement>('.kept button');
    button?.click();
    return button !== null;
  },
  get words() {
    const { items } = boardShape(opened!.doc);
    return Object.fromEntries([...items].map(([id, item]) => [id, wordsOf(item.get('body') as Y.XmlFragment)]));
  },
  get board() {
    const { items } = boardShape(opened!.doc);
    const bodies = [...items].map(([id, item]) => [id, (item.get('body') as Y.XmlFragment).toJSON()]).sort();
    return JSON.stringify([readBoard(opened!.doc), bodies]);
  },
  get difference() {
    const place = editor();
    const item: unknown = opened!.awareness.getLocalState()?.item;
    if (!place || typeof item !== 'string') return null;
    const shown = [...place.querySelectorAll('p')].map(({ textContent }) => textContent).join('¶');
    const written = this.words[item] ?? '';
    return shown === written ? null : `${shown} is shown, and ${written} is written`;
  },
};

const wordsOf = (body: Y.XmlFragment): string =>
  [...body.createTreeWalker((one) => one instanceof Y.XmlElement && one.nodeName === 'paragraph')]
    .map((paragraph) => textIn(paragraph as Y.XmlElement))
    .join('¶');

const textIn = (paragraph: Y.XmlElement): string =>
  paragraph
    .toArray()
    .map((text) => (text instanceof Y.XmlText ? (text.toDelta() as { insert: string }[]) : []))
    .flat()
    .map(({ insert }) => insert)
    .join('');

const room = () => (window.opener as Window).room;
Date.now = () => room().now;

addEventListener(
  'keydown',
  (event) => {
    if (room().press(window.person)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  { capture: true },
);
addEventListener('keyup', () => room().next(window.person), { capture: true });
