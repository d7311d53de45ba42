import type { Actor } from '#domain/forum/seat.ts';
import type { RoomId, SeatId, StepId, WorkshopId } from '#domain/ids.ts';
import { access } from '#domain/permissions/access.ts';
import { sizeOfGroups } from '#domain/script/small-groups.ts';
import { placeInRoom } from '#domain/workshop/groups/state.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { stepOf } from '#domain/workshop/time.ts';
import type { WorkshopView } from '#domain/workshop/view.ts';
import { parseDocumentName, type DocumentName } from '#protocol/document-name.ts';
import { ownBoard } from '../own-board.ts';

interface GroupAsked {
  readonly document: DocumentName;
  readonly room: RoomId;
  readonly step: StepId;
  readonly number: number;
  /** Among those of its room: how people call it. */
  readonly place: number;
  /** How many its step puts together. */
  readonly size: number;
  readonly seats: readonly SeatId[];
}

/**
 * The group whose board a page shows: one that is asked for by `?group=<step>/<number>` and may be read; without that the one in which
 * its viewer writes now. Null: the page shows a room's.
 */
export async function groupAsked(
  workshops: { state(id: WorkshopId): Promise<WorkshopState | null> },
  view: WorkshopView,
  me: Actor,
  params: URLSearchParams,
  now: number,
): Promise<GroupAsked | null> {
  const asked = params.get('group');
  if (asked === null && params.has('room')) return null;
  const name = asked === null ? ownBoard(view) : `group/${view.workshop}/${asked}`;
  const document = parseDocumentName(name ?? '');
  if (document?.ref.kind !== 'group') return null;
  const state = await workshops.state(view.workshop);
  const { ref } = document;
  const groups = state?.groups?.get(ref.step);
  const group = groups?.get(ref.number);
  if (!state || !groups || !group || access(ref, me, state, now) === 'none') return null;
  const { step, number } = ref;
  const line = stepOf(state, step);
  return {
    document: document.name,
    room: group.room,
    step,
    number,
    place: placeInRoom(groups, group),
    size: (line && sizeOfGroups(line)) ?? 2,
    seats: [...group.seats, ...group.left],
  };
}
