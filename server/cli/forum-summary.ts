import type { WorkshopPlan } from '#domain/forum/agenda.ts';
import type { Forum } from '#domain/forum/forum.ts';
import { formatJoinCode } from '#domain/forum/join-code.ts';
import { documentName } from '#protocol/document-name.ts';
import { printLine } from './command.ts';

/** What others may rely on in the JSON of `forum create` and `outcome import` (README). */
export interface ForumSummary {
  readonly forumId: string;
  readonly slug: string;
  readonly joinCode: string;
  readonly organizerLink: string;
  readonly workshops: readonly {
    readonly id: string;
    readonly rooms: readonly { readonly id: string; readonly name: string; readonly document: string }[];
  }[];
}

export function summaryOf(forum: Forum, organizerLink: string): ForumSummary {
  return {
    forumId: forum.id,
    slug: forum.slug,
    joinCode: forum.joinCode,
    organizerLink,
    workshops: forum.agenda
      .filter((item): item is WorkshopPlan => item.kind === 'workshop')
      .map(({ id, rooms }) => ({
        id,
        rooms: rooms.map((room) => ({
          id: room.id,
          name: room.name,
          document: documentName({ kind: 'board', room: room.id }),
        })),
      })),
  };
}

export function printForum(summary: ForumSummary, origin: string): void {
  printLine(`forum      ${origin}/forums/${summary.slug}`);
  printLine(`join code  ${formatJoinCode(summary.joinCode)}   ${origin}/join/${summary.joinCode}`);
  for (const { id } of summary.workshops) printLine(`workshop   ${origin}/forums/${summary.slug}/workshops/${id}`);
  printLine(`organizer  ${summary.organizerLink}   (once, within 7 days)`);
}
