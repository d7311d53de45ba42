import type { BoardDesk } from './board-desk.svelte.ts';

type Desk = Pick<BoardDesk, 'session' | 'names' | 'voice' | 'guide' | 'writing' | 't'>;

const NOTE_WORDS = 60; // characters of an item, to know it by

/** Undo and redo in words: what was taken back and where, or who has changed it since. */
export class TakingBack {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  undo(): void {
    this.#takeBack('undo');
  }

  redo(): void {
    this.#takeBack('redo');
  }

  #takeBack(way: 'undo' | 'redo'): void {
    const { session, names, voice, guide, writing, t } = this.#desk;
    if (!voice.mayWrite()) return;
    const done = session.takeBack(way);
    if (done.kind === 'nothing') return voice.say(t(way === 'undo' ? 'board.nothingToUndo' : 'board.nothingToRedo'));
    if (done.kind === 'superseded') return voice.note(t('board.changedSince', { name: names.authorOf(done.by) }));
    const { change } = done;
    // one's own words under one's own eyes need no other
    if (change?.kind === 'words' && change.id === writing.item) return;
    if (!change) return voice.say(t(way === 'undo' ? 'board.undone' : 'board.redone'));
    const words = change.words.length > NOTE_WORDS ? `${change.words.slice(0, NOTE_WORDS).trimEnd()}…` : change.words;
    const what = t(`board.did_${change.kind}`, {
      words: words || t('board.noText'),
      theme: names.titleOf(change.theme),
    });
    voice.note(t(way === 'undo' ? 'board.undoneWhat' : 'board.redoneWhat', { what }));
    void guide.show(change.id);
  }
}
