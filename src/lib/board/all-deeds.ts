/** What changes a board, besides adding an idea: nobody does it before the board stands. */
export { undoOne } from '#lib/editor/undo-one.ts';
export * as edit from '#protocol/board/edit.ts';
export { followText, followTitle } from '#protocol/board/follow-text.ts';
export { changeOf } from './change-of.ts';
export { DeskDeeds } from './desk-deeds.ts';
