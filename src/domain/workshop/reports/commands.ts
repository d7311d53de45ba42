import type { RoomId } from '../../ids.ts';

/** Which room reports. `from` is the version with which it came to stand as it was seen: others may have been quicker. */
export type ReportCommand =
  /** On to the room that is next, or to none. */
  | { readonly kind: 'nextReport'; readonly from: number }
  /** Out of turn. `takesBack`: the room that reports now was asked to by mistake, and has its place in line again. */
  | { readonly kind: 'giveReport'; readonly room: RoomId; readonly from: number; readonly takesBack?: boolean };
