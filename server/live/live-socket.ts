import type { Server, Socket } from 'socket.io';
import type { Actor } from '#domain/forum/seat.ts';
import type { ForumId, WorkshopId } from '#domain/ids.ts';
import type { DownEvents } from '#protocol/live/down.ts';
import type { UpEvents } from '#protocol/live/up.ts';
import type { Pass } from '#server/auth/passes.ts';

/** Who is on a socket; the role changes when the organizer changes it. */
export interface Guest {
  actor: Actor;
  readonly pass: Pass | undefined;
  readonly isCrowded: boolean;
  /** Came to show the workshop on a wall. */
  readonly asScreen: boolean;
  readonly workshop: WorkshopId;
  readonly forum: ForumId;
}

export type LiveSocket = Socket<UpEvents, DownEvents, Record<string, never>, Guest>;
export type LiveNamespace = Server<UpEvents, DownEvents, Record<string, never>, Guest>;
