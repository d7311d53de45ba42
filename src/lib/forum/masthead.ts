import type { Forum } from '#domain/forum/forum.ts';
import type { Role } from '#domain/forum/seat.ts';
import type { WorkshopId } from '#domain/ids.ts';

/** What every page of a forum says on top. */
export interface Masthead {
  readonly title: string;
  readonly language: string;
  readonly slug: string;
  readonly role: Role;
  /** Nobody but who rehearses is here in person. */
  readonly isRehearsal: boolean;
  readonly workshops: readonly { readonly id: WorkshopId; readonly title: string }[];
}

export const mastheadOf = ({ title, language, slug, agenda, rehearsal }: Forum, role: Role): Masthead => ({
  title,
  language,
  slug,
  role,
  isRehearsal: rehearsal !== undefined,
  workshops: agenda.flatMap((item) => (item.kind === 'workshop' ? [{ id: item.id, title: item.title }] : [])),
});
