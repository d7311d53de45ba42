const PAUSE = 1_000; // ms; the slowest typist is quicker within a word, and who gives a command has stopped typing
const ENDS: ReadonlySet<string> = new Set(['Tab', 'Escape', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'F8']);
const FIELDS = 'input, textarea, select, [contenteditable=true]';

/**
 * A letter that follows another one within a moment belongs to a word, wherever the focus has gone meanwhile: it is no command. First of
 * all handlers of the window, on the way down.
 */
export function typingRuns(): (event: KeyboardEvent) => void {
  let last = -Infinity;
  return (event) => {
    const { key, ctrlKey, metaKey, altKey, timeStamp } = event;
    if (ENDS.has(key)) last = -Infinity;
    // not `length`: a sign may be of two halves
    if ([...key].length !== 1 || ctrlKey || metaKey || altKey) return;
    const isInWord = timeStamp - last < PAUSE;
    if (key === ' ' && !isInWord) return; // who turns pages with it may press it twice
    last = timeStamp;
    if (!isInWord || isField(event.target)) return;
    event.stopPropagation();
    event.preventDefault(); // the space between two words scrolls no page and presses no button
  };
}

const isField = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELDS) !== null;
