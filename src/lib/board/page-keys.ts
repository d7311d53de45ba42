import { unreachable } from '#domain/unreachable.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { deedOf, type Deed } from './keys.ts';

const FIELDS = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], dialog';

/** About one item, with words to read: a letter there is rather the beginning of an answer. */
const PANEL = 'aside';

/** Keys that work wherever one is on the page of a board; in a field, letters are letters and undo is the field's own. */
export function pageKeys(desk: BoardDesk): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const always = deedOf('always', event, desk.keys.keyboard);
    const isWithin = (place: string) => event.target instanceof Element && event.target.closest(place) !== null;
    const { isMac, hasLetters } = desk.keys.keyboard;
    const keyboard = { isMac, hasLetters: hasLetters && !isWithin(PANEL) };
    const deed = always ?? (isWithin(FIELDS) ? null : deedOf('page', event, keyboard));
    if (!deed) return;
    event.preventDefault();
    act(desk, deed);
  };
}

function act(desk: BoardDesk, deed: Deed<'page' | 'always'>): void {
  switch (deed) {
    case 'idea':
      return desk.guide.focusIdea();
    case 'undo':
      return desk.takingBack.undo();
    case 'redo':
      return desk.takingBack.redo();
    case 'help':
      return desk.keys.help(true);
    case 'status':
      return void desk.voice.sayStatus();
    default:
      return unreachable(deed);
  }
}
