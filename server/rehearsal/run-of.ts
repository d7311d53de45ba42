import type { Board } from '#domain/board/board.ts';
import type { RehearsalRun } from '#domain/forum/rehearsal.ts';
import type { WorkshopId } from '#domain/ids.ts';
import type { WorkshopState } from '#domain/workshop/state.ts';
import { stepLines } from '#domain/workshop/view-script.ts';
import { documentName, type DocumentName } from '#protocol/document-name.ts';
import type { Contents } from '#server/documents/reading.ts';

interface Read {
  readonly workshops: { state(id: WorkshopId): Promise<WorkshopState | null> };
  readonly documents: { board(name: DocumentName): Promise<Contents> };
}

/** How far a rehearsal came, and how much stands on the boards of its rooms, pairs and groups. Rejects when one cannot be read. */
export async function runOf(workshop: WorkshopId, { workshops, documents }: Read): Promise<RehearsalRun | null> {
  const state = await workshops.state(workshop);
  if (!state) return null;
  let ideas = 0;
  for (const name of boardsOf(state)) ideas += ideasOn(await documents.board(name)); // one by one: others read, too
  const { lines, at } = stepLines(state);
  return { steps: at + 1, of: lines.length, ideas };
}

function boardsOf({ id: workshop, rooms, groups }: WorkshopState): DocumentName[] {
  const ofRooms = rooms.map(({ id }) => documentName({ kind: 'board', room: id }));
  const ofGroups = [...(groups ?? [])].flatMap(([step, all]) =>
    [...all.keys()].map((number) => documentName({ kind: 'group', workshop, step, number })),
  );
  return [...ofRooms, ...ofGroups];
}

function ideasOn({ json }: Contents): number {
  const { themes, loose, beyond } = JSON.parse(new TextDecoder().decode(json)) as Board;
  return themes.reduce((sum, { items }) => sum + items.length, loose.length + (beyond?.items ?? 0));
}
