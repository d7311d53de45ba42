import type { RoomId, WorkshopId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import { mayShow } from '#domain/permissions/reads.ts';
import type { LiveSocket } from './live-socket.ts';

/** Names of socket.io's rooms: who hears which part. Ids have no slash. */
export const AUDIENCE = {
  all: (workshop: WorkshopId): string => workshop,
  room: (workshop: WorkshopId, room: RoomId): string => `${workshop}/${room}`,
  /** Whoever reads every board. */
  watching: (workshop: WorkshopId): string => `${workshop}/watching/`,
  leading: (workshop: WorkshopId): string => `${workshop}/leading/`,
  screens: (workshop: WorkshopId): string => `${workshop}/screens/`,
};

/** Who runs the workshop with this socket, and does not show it on a wall. */
export const isLeading = ({ data }: LiveSocket): boolean => leads(data.actor) && !data.asScreen;

/** A page on a wall: it is told nobody's name but of who speaks before everybody. */
export const isScreen = ({ data }: LiveSocket): boolean => data.asScreen && mayShow(data.actor);

/** Lets a socket hear what is for it as it is seated now, and nothing else. Local and at once: nothing can be told in between. */
export function hearAs(socket: LiveSocket, room: RoomId | null): void {
  const { workshop, actor } = socket.data;
  const now = new Set([AUDIENCE.all(workshop)]);
  if (isScreen(socket)) now.add(AUDIENCE.screens(workshop));
  else if (actor.role !== 'participant') now.add(AUDIENCE.watching(workshop));
  else if (room !== null) now.add(AUDIENCE.room(workshop, room));
  if (isLeading(socket)) now.add(AUDIENCE.leading(workshop));
  for (const heard of socket.rooms) if (heard !== socket.id && !now.has(heard)) void socket.leave(heard);
  for (const audience of now) if (!socket.rooms.has(audience)) void socket.join(audience);
}
