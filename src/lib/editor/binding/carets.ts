import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet, type EditorView } from 'prosemirror-view';
import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { BoundText } from './bound-text.ts';
import { boundTextOf, isHeard } from './heard.ts';
import type { Place } from './places.ts';

export interface Drawing {
  caret(client: number): HTMLElement;
  selection(client: number): Record<string, string>;
}

interface Pointed {
  readonly anchor: unknown;
  readonly head: unknown;
}

const CARETS = new PluginKey<DecorationSet>('carets');

/** Others' carets, by the letters they stand at, and the own one told to them. */
export function carets(awareness: Awareness, drawing: Drawing): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    key: CARETS,
    state: {
      init: (_, state) => drawn(state, awareness, drawing),
      apply(transaction, before, _old, state) {
        const isNews = transaction.docChanged || isHeard(transaction) || transaction.getMeta(CARETS) !== undefined;
        return isNews ? drawn(state, awareness, drawing) : before;
      },
    },
    props: { decorations: (state) => CARETS.getState(state) },
    view(view) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      // a caret drawn into a word that is being composed would end it
      const redraw = () => {
        timer = undefined;
        if (view.composing) timer = setTimeout(redraw, 200);
        else view.dispatch(view.state.tr.setMeta(CARETS, true));
      };
      const news = () => (timer ??= setTimeout(redraw));
      const tell = () => tellOthers(view, awareness);
      awareness.on('change', news);
      view.dom.addEventListener('focusin', tell);
      view.dom.addEventListener('focusout', tell);
      return {
        update: tell,
        destroy() {
          clearTimeout(timer);
          awareness.off('change', news);
          view.dom.removeEventListener('focusin', tell);
          view.dom.removeEventListener('focusout', tell);
          if (isHere(view, awareness)) awareness.setLocalStateField('cursor', null);
        },
      };
    },
  });
}

function tellOthers(view: EditorView, awareness: Awareness): void {
  const told = pointedBy(awareness.getLocalState());
  if (!view.hasFocus()) {
    if (told && isHere(view, awareness)) awareness.setLocalStateField('cursor', null);
    return;
  }
  const { anchor, head } = boundTextOf(view.state).placesOf(view.state.selection);
  const cursor = { anchor: toJson(anchor), head: toJson(head) };
  if (JSON.stringify(told) !== JSON.stringify(cursor)) awareness.setLocalStateField('cursor', cursor);
}

/** Whether what others are told is a place in this text. */
function isHere(view: EditorView, awareness: Awareness): boolean {
  const told = pointedBy(awareness.getLocalState());
  // an editor whose text was taken away has none, and no other editor is open
  const bound: BoundText | undefined = boundTextOf(view.state);
  return told !== null && (!bound || position(told.head, bound) !== null);
}

function drawn(state: EditorState, awareness: Awareness, drawing: Drawing): DecorationSet {
  const bound = boundTextOf(state);
  const decorations: Decoration[] = [];
  for (const [client, about] of awareness.getStates()) {
    const pointed = client === bound.doc.clientID ? null : pointedBy(about);
    const [anchor, head] = pointed ? [position(pointed.anchor, bound), position(pointed.head, bound)] : [];
    if (typeof anchor !== 'number' || typeof head !== 'number' || Math.max(anchor, head) > state.doc.content.size)
      continue;
    decorations.push(Decoration.widget(head, () => drawing.caret(client), { key: String(client), side: 10 }));
    if (anchor === head) continue;
    decorations.push(Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), drawing.selection(client)));
  }
  return DecorationSet.create(state.doc, decorations);
}

function pointedBy(about: Record<string, unknown> | null): Pointed | null {
  const cursor = about?.cursor;
  return typeof cursor === 'object' && cursor !== null && 'anchor' in cursor && 'head' in cursor ? cursor : null;
}

/** As Yjs writes places, so that other programs understand them. */
function toJson(place: Place): unknown {
  const position =
    place.side === 'end'
      ? new Y.RelativePosition(place.paragraph, null, null, 0)
      : new Y.RelativePosition(null, null, place.id, place.side === 'after' ? -1 : 0);
  return JSON.parse(JSON.stringify(position));
}

function position(told: unknown, bound: BoundText): number | null {
  const place = fromJson(told);
  return place && bound.positionOf(place);
}

function fromJson(told: unknown): Place | null {
  if (typeof told !== 'object' || told === null) return null;
  const { item, type, assoc } = told as Record<string, unknown>;
  if (isId(item))
    return {
      side: typeof assoc === 'number' && assoc < 0 ? 'after' : 'before',
      id: Y.createID(item.client, item.clock),
    };
  return isId(type) ? { side: 'end', paragraph: Y.createID(type.client, type.clock), last: null } : null;
}

function isId(value: unknown): value is { client: number; clock: number } {
  if (typeof value !== 'object' || value === null) return false;
  const { client, clock } = value as Record<string, unknown>;
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock);
}
