import { keymap } from 'prosemirror-keymap';
import { Fragment, Slice, type Mark, type Node } from 'prosemirror-model';
import { EditorState, Selection, TextSelection, type Command } from 'prosemirror-state';
import { EditorView } from 'prosemirror-view';
import { ySyncPluginKey } from 'y-prosemirror';
import type { Awareness } from 'y-protocols/awareness';
import type { ID, UndoManager, XmlFragment } from 'yjs';
import { directionOf, type Language } from '#domain/languages/language.ts';
import type { Block } from '#domain/languages/text.ts';
import { BoundEditor } from './binding/bound-editor.ts';
import type { BoundText } from './binding/bound-text.ts';
import { heard } from './binding/heard.ts';
import { leaveText, openText } from './binding/left-texts.ts';
import { idsOf } from './binding/letters.ts';
import { blocksOf } from './blocks-of.ts';
import {
  completeHref,
  formattingOf,
  keys,
  lists,
  setLink,
  toggleEm,
  toggleList,
  toggleStrong,
  type Formatting,
} from './commands.ts';
import { cursors, type HueOf, type NameOf } from './cursors.ts';
import { lineLanguages } from './line-languages.ts';
import { onLinesOfTheirOwn } from './lines-of-their-own.ts';
import { PASTE_HTML_LIMIT, pasteTooLarge } from './paste-limit.ts';
import { deeperEntries, htmlOfLines } from '#lib/paste/pasted.ts';
import { linesOfHtml } from '#lib/paste/pasted-html.ts';
import type { PastedLine } from '#lib/paste/pasted-line.ts';
import { linesOfText } from '#lib/paste/pasted-text.ts';
import { schema } from './schema.ts';
import { keepSelections } from './undo-selection.ts';
import { linesOf, sameSelection, wordsOnto, type Gone } from './words-onto.ts';

export interface EditorOptions {
  readonly fragment: XmlFragment;
  readonly awareness: Awareness;
  /** The page's own: it outlives the editor. */
  readonly undoManager: UndoManager;
  /** It stays as it is and keeps the focus, and takes no words. */
  readOnly(): boolean;
  lang(): Language;
  label(): string;
  placeholder(): string | undefined;
  readonly nameOf: NameOf;
  readonly hueOf: HueOf;
  onleave(): void;
  /** Takes back one deed of the page's, or does it again. */
  onundo(way: 'undo' | 'redo'): void;
  /** Somebody asked for a link by key. */
  onlink(): void;
  onformatting(formatting: Formatting): void;
  /** Nothing was pasted: it had so many characters. */
  onpasterefused(characters: number): void;
  /** Something is pasted: so many entries of its lists lay deeper than the others, which is not kept. */
  onflattened(entries: number): void;
}

export interface MountedEditor {
  /** At the end of the text. */
  focus(): void;
  /** What was typed before it was there, as if it were typed now: at a place of the text, or its end. */
  begin(words: string, spot: { readonly line: number; readonly offset: number } | null): void;
  /** With the caret where it was. */
  refocus(): void;
  /**
   * Goes on with another shared text or, with null, with none: what is written, the caret and the focus stay. Words that were written
   * without a shared text come into the next one. `came`: what there was of each client's writing when that one came.
   */
  bind(fragment: XmlFragment | null, came?: ReadonlyMap<number, number>): void;
  blocks(): Block[];
  /** `readOnly` has changed. */
  refresh(): void;
  toggleStrong(): void;
  toggleEm(): void;
  toggleList(): void;
  /** False when what was typed must not be a link. An empty address takes the link away. */
  link(typed: string): boolean;
  destroy(): void;
}

/** The one entry of everything ProseMirror: import it only when somebody begins to write. */
export function mountEditor(place: HTMLElement, options: EditorOptions): MountedEditor {
  const { fragment, awareness, undoManager } = options;
  undoManager.addTrackedOrigin(ySyncPluginKey);
  undoManager.stopCapturing();
  const leave: Command = () => (options.onleave(), true);
  // without a shared text there is nothing to take back; nor may the browser's own undo act
  const undo: Command = () => (tie && options.onundo('undo'), true);
  const redo: Command = () => (tie && options.onundo('redo'), true);
  const pluginsOf = (bound: BoundText | null) => [
    ...(bound ? [heard(bound), cursors(awareness, options.nameOf, options.hueOf)] : []),
    keymap({
      'Mod-z': undo,
      'Mod-y': redo,
      'Mod-Shift-z': redo,
      'Mod-k': () => (options.onlink(), true),
      'Mod-Enter': leave,
      Escape: leave,
    }),
    keymap(keys),
    lists,
    lineLanguages(() => options.lang()),
  ];
  const stateOf = (bound: BoundText) => EditorState.create({ doc: bound.shown.doc, plugins: pluginsOf(bound) });
  const first = openText(fragment, undoManager);
  /** What is being pasted was copied from an editor like this one. */
  let isFromEditor = false;
  const view = new EditorView(place, {
    state: stateOf(first),
    editable: () => !options.readOnly(),
    attributes: (state) => attributes(state, options),
    // What comes from here is as it was; all else is read for what people saw of it.
    transformPastedHTML: (html) => {
      isFromEditor = isOwn(html);
      if (isFromEditor) return html;
      const lines = linesOfHtml(html);
      options.onflattened(deeperEntries(lines));
      return htmlOfLines(lines);
    },
    clipboardTextParser: (text, $context, plain) => {
      isFromEditor = false;
      return sliceOfText(plain ? text.split(/\r\n?|\n/).map(literal) : linesOfText(text), $context.marks());
    },
    transformPasted: (slice, view) => {
      const lines = withoutEmptyLines(slice);
      return isFromEditor ? lines : onLinesOfTheirOwn(lines, view.state.selection);
    },
    handleDOMEvents: {
      paste: (view, event) => refuseLarge(event, event.clipboardData) || pasteAsText(view, event),
      drop: (_, event) => refuseLarge(event, event.dataTransfer),
    },
    scrollThreshold: COVERED,
    scrollMargin: COVERED,
    dispatchTransaction(transaction) {
      if (view.isDestroyed) return;
      if (tie) tie.binding.apply(transaction);
      else view.updateState(view.state.apply(transaction));
      options.onformatting(formattingOf(view.state));
    },
  });
  const tieTo = (bound: BoundText) => {
    const binding = new BoundEditor(view, bound);
    const forget = keepSelections(undoManager, bound, binding);
    const end = () => {
      forget();
      binding.destroy();
    };
    return { bound, binding, end };
  };
  /** Null while the shared text is gone. */
  let tie: ReturnType<typeof tieTo> | null = tieTo(first);
  /** The words when it went. */
  let gone: Gone | null = null;

  function refuseLarge(event: Event, data: DataTransfer | null): boolean {
    const characters = pasteTooLarge(data);
    if (characters === null) return false;
    event.preventDefault();
    options.onpasterefused(characters);
    return true;
  }

  const run = (command: Command) => {
    command(view.state, view.dispatch, view);
    view.focus();
  };

  return {
    focus() {
      view.dispatch(view.state.tr.setSelection(Selection.atEnd(view.state.doc)));
      view.focus();
    },
    begin(words, spot) {
      const at = spot && placeOf(view.state.doc, spot.line, spot.offset);
      if (at !== null) view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, at)));
      for (const [index, line] of words.split('\n').entries()) {
        if (index > 0) keys['Enter']?.(view.state, view.dispatch, view);
        if (line !== '') view.dispatch(view.state.tr.insertText(line));
      }
    },
    refocus: () => view.focus(),
    bind(shared, came) {
      undoManager.stopCapturing();
      const { doc, selection } = view.state;
      const mine = linesOf(doc);
      // also when another one stands there at once: what is on its way to the old one arrives nowhere
      if (tie) gone = { words: mine, isOwn: ownIn(tie.bound) };
      tie?.end();
      tie = null;
      if (shared === null) {
        return view.updateState(view.state.reconfigure({ plugins: pluginsOf(null) }));
      }
      const bound = openText(shared, undoManager);
      view.updateState(stateOf(bound));
      tie = tieTo(bound);
      const merged = wordsOnto(view.state, gone ?? { words: mine, isOwn: () => false }, mine, sinceIn(bound, came));
      gone = null;
      view.dispatch(merged.setSelection(sameSelection(selection, merged.doc)));
    },
    blocks: () => blocksOf(view.state.doc, options.lang()),
    refresh: () => view.setProps({}),
    toggleStrong: () => run(toggleStrong),
    toggleEm: () => run(toggleEm),
    toggleList: () => run(toggleList),
    link(typed) {
      const href = completeHref(typed);
      if (href === null && typed.trim() !== '') return false;
      run(setLink(href));
      return true;
    },
    destroy() {
      undoManager.stopCapturing();
      tie?.end();
      if (tie) leaveText(tie.bound);
      view.destroy();
    },
  };
}

/** Null behind the text: others may have made it shorter. */
function placeOf(doc: Node, line: number, offset: number): number | null {
  let [count, place]: [number, number | null] = [0, null];
  doc.descendants((node, at) => {
    if (node.isTextblock && count++ === line) place = at + 1 + Math.min(offset, node.content.size);
  });
  return place;
}

/** Which places of the words hold letters that were typed in this page. */
function ownIn(bound: BoundText): Gone['isOwn'] {
  const own = idsIn(bound).map((id) => id?.client === bound.doc.clientID);
  return (at) => own[at] ?? false;
}

/** Which places of the words hold letters that were typed after the text had come. */
function sinceIn(bound: BoundText, came: ReadonlyMap<number, number> | undefined): Gone['isOwn'] | null {
  if (!came) return null;
  const since = idsIn(bound).map((id) => id !== undefined && id.clock >= (came.get(id.client) ?? 0));
  return (at) => since[at] ?? false;
}

/** Of each place of the words: a line begins with its paragraph. */
const idsIn = ({ shown }: BoundText): (ID | undefined)[] =>
  shown.paragraphs.flatMap(({ element, letters }, index) => [
    ...(index > 0 ? [element?._item?.id] : []),
    ...letters.flatMap(idsOf),
  ]);

/** What the page says its bars cover (`scroll-padding`): a caret is not scrolled under them. */
const covered = (side: 'Top' | 'Bottom') =>
  parseFloat(getComputedStyle(document.documentElement)[`scrollPadding${side}`]);
const COVERED = {
  get top() {
    return covered('Top') || 5;
  },
  get bottom() {
    return covered('Bottom') || 5;
  },
  left: 5,
  right: 5,
};

/** Office programs put megabytes of styles around a page of text; of a picture's HTML there may be nothing to read. */
function pasteAsText(view: EditorView, event: ClipboardEvent): boolean {
  const text = event.clipboardData?.getData('text/plain') ?? '';
  const html = event.clipboardData?.getData('text/html') ?? '';
  const isRead = html.length <= PASTE_HTML_LIMIT && (html === '' || isOwn(html) || linesOfHtml(html).length > 0);
  if (text === '' || isRead) return false;
  event.preventDefault();
  return view.pasteText(text, event);
}

/** Copied from an editor like this one. */
const isOwn = (html: string): boolean => html.includes('data-pm-slice');

/** Typed as it stands, with Shift. */
const literal = (text: string): PastedLine => ({ level: null, runs: text === '' ? [] : [{ text }] });

function sliceOfText(lines: readonly PastedLine[], marks: readonly Mark[]): Slice {
  const { paragraph, bullet_list: list, list_item: entry } = schema.nodes;
  const nodes: Node[] = [];
  for (const { runs, level } of lines) {
    const words = paragraph.create(
      null,
      runs.flatMap(({ text }) => schema.text(text, marks)),
    );
    const last = nodes.at(-1);
    if (level === null) nodes.push(words);
    else if (last?.type === list) nodes[nodes.length - 1] = last.copy(last.content.addToEnd(entry.create(null, words)));
    else nodes.push(list.create(null, entry.create(null, words)));
  }
  return Slice.maxOpen(Fragment.from(nodes));
}

/** Line breaks and blank lines of a web page become paragraphs; those without a word are left out. */
function withoutEmptyLines({ content, openStart, openEnd }: Slice): Slice {
  const kept = content.content.filter(
    (node, index, all) => node.textContent !== '' || index === 0 || index === all.length - 1,
  );
  return new Slice(Fragment.from(kept), openStart, openEnd);
}

function attributes(state: EditorState, options: EditorOptions): Record<string, string> {
  const lang = options.lang();
  const placeholder = options.placeholder();
  return {
    role: 'textbox',
    // from the first: what was only editable loses the focus in the moment in which it no longer is
    tabindex: '0',
    'aria-multiline': 'true',
    'aria-label': options.label(),
    lang,
    dir: directionOf(lang),
    ...(options.readOnly() && { 'aria-readonly': 'true' }),
    ...(placeholder && { 'aria-placeholder': placeholder }),
    ...(placeholder && isEmpty(state) && { 'data-placeholder': placeholder }),
  };
}

const isEmpty = (state: EditorState): boolean => state.doc.childCount === 1 && state.doc.textContent === '';
