import type { ThemeId } from '#domain/ids.ts';
import type { BoardDesk } from './board-desk.svelte.ts';
import { themeStep } from './places.ts';

type Desk = Pick<BoardDesk, 'session' | 'canWrite' | 'names' | 'voice' | 'guide' | 't'>;

/** What is done with a theme as a whole. */
export class ThemeDeeds {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  move(theme: ThemeId, by: -1 | 1): void {
    const { session, canWrite, names, voice, guide, t } = this.#desk;
    const before = themeStep(session.board, theme, by);
    if (!canWrite || before === undefined) return voice.say(t('board.cannotMove'));
    session.moveTheme(theme, before);
    const { themes } = session.board;
    const place = themes.findIndex(({ id }) => id === theme) + 1;
    voice.say(t('board.themeMoved', { theme: names.titleOf(theme), place, count: themes.length }));
    void guide.focusTheme(theme);
  }

  /** `was`: the title when its field was opened. */
  rename(theme: ThemeId, title: string, was: string): void {
    const { session, voice } = this.#desk;
    if (voice.mayWrite()) session.renameTheme(theme, title, was);
  }

  remove(theme: ThemeId): void {
    const { session, names, voice, t } = this.#desk;
    if (!voice.mayWrite()) return;
    const text = t('board.themeRemoved', { theme: names.titleOf(theme) });
    voice.regret(text, session.removeTheme(theme));
  }
}
