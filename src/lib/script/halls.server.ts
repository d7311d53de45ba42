import type { Forum } from '#domain/forum/forum.ts';
import type { AccountId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import type { ForumHall } from './editor/forum-hall.ts';

const MOST_FORUMS = 20; // the latest: who writes a script looks at what comes

/** The workshops that an account runs, as far as a script has to know them. */
export async function hallsOf({ services, seatIn }: App.Locals, account: AccountId): Promise<ForumHall[]> {
  const forums = (await services.forums.ofAccount(account)).slice(0, MOST_FORUMS);
  const halls = await Promise.all(
    forums.map(async (forum) => {
      const mine = await seatIn(forum.id);
      if (!mine || !leads(mine.seat)) return [];
      const { people } = services.storage;
      const [all, leaders] = await Promise.all([people.countOf(forum.id), people.leadersOf(forum.id)]);
      return hallsIn(forum, Math.max(0, all - leaders.length), mine.seat.role === 'organizer');
    }),
  );
  return halls.flat();
}

const hallsIn = (
  { slug, title, agenda, language, languages }: Forum,
  people: number,
  isOrganizer: boolean,
): ForumHall[] =>
  agenda.flatMap((item, index) => {
    if (item.kind !== 'workshop') return [];
    const until = item.endsAt ?? agenda.slice(index + 1).find(({ startsAt }) => startsAt)?.startsAt;
    return [
      {
        id: item.id,
        forum: title,
        workshop: item.title,
        people,
        rooms: item.rooms.length,
        languages: [...new Set([language, ...languages])],
        startsAt: item.startsAt ?? null,
        rehearsal: isOrganizer ? `/forums/${slug}/workshops/${item.id}/script` : null,
        // an earlier time is of the next day
        until: item.startsAt && until && until > item.startsAt ? until : null,
      },
    ];
  });
