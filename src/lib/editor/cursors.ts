import type { Plugin } from 'prosemirror-state';
import type { Awareness } from 'y-protocols/awareness';
import { carets } from './binding/carets.ts';

/** The seat is the server's word (presence is built there); the name is joined here. */
export type NameOf = (seat: string) => string | null;
export type HueOf = (seat: string) => number;

export function cursors(awareness: Awareness, nameOf: NameOf, hueOf: HueOf): Plugin {
  const seatOf = (client: number) => String(awareness.getStates().get(client)?.seat ?? client);
  return carets(outsideRendering(awareness), {
    caret: (client) => caret(nameOf(seatOf(client)), hueOf(seatOf(client))),
    selection: (client) => ({ class: 'their-selection', style: `--hue: ${hueOf(seatOf(client))}` }),
  });
}

/**
 * Removing an editor that has the focus fires `focusout` while the page is being rendered, and nothing that a page shows may
 * change then: what the plugin says about the own cursor waits until that is over.
 */
function outsideRendering(awareness: Awareness): Awareness {
  return Object.create(awareness, {
    setLocalStateField: {
      value: (field: string, state: unknown) => queueMicrotask(() => awareness.setLocalStateField(field, state)),
    },
  }) as Awareness;
}

function caret(name: string | null, hue: number): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'their-caret';
  caret.style.setProperty('--hue', String(hue));
  if (name !== null) {
    const flag = document.createElement('bdi');
    flag.textContent = name;
    caret.append('\u2060', flag, '\u2060');
  }
  return caret;
}
