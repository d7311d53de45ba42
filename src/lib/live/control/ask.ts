import type { WorkshopCommand } from '#domain/workshop/commands.ts';

/** What takes a deed back: the command for the workshop's version with the deed, and the sentence when that is done. */
export interface Undo {
  readonly command: (version: number) => WorkshopCommand;
  readonly done: string;
}

/** Asks the server, and says `done` when it is so, with a way back where there is one. */
export type Ask = (wanted: WorkshopCommand, done: string, undo?: Undo) => Promise<boolean>;
