import { fail, redirect } from '@sveltejs/kit';
import { openCode, type Forum } from '#domain/forum/forum.ts';
import type { Actor } from '#domain/forum/seat.ts';
import type { Refusal } from '#domain/refusal.ts';
import { formatJoinCode } from '#domain/forum/join-code.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { ENDED } from '#lib/rehearsal/ended.ts';
import { mayRead, reading, rehearsedForum, seated } from '#lib/forum/seated.server.ts';
import { workshopNow, type WorkshopNow } from '#lib/forum/workshop-now.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const found = await reading(locals, params.slug, { kind: 'programme' });
  const { forum, seat } = found;
  const origin = locals.services.guestOrigin(url.origin);
  const code = mayRead(found, { kind: 'joinCode' }) ? openCode(forum) : null;
  const { title, language, from, to, place, organisers, hostEvent, countries, agenda } = forum;
  return {
    head: mastheadOf(forum, seat.role),
    forum: { title, language, from, to, place, organisers, hostEvent, countries, agenda },
    rehearsed:
      seat.role === 'organizer' && url.search === `?${ENDED}`
        ? { run: locals.services.rehearsals.lastOf(forum.id) }
        : null,
    now: await workshopsNow(locals, forum, { seatId: seat.id, role: seat.role }),
    // The code is for those who let others in; a participant's page does not have it.
    join: code === null ? null : { code: formatJoinCode(code), url: `${origin}/join/${code}` },
    isOpen: forum.joinCodeExpiresAt === null || forum.joinCodeExpiresAt > Date.now(),
  };
};

async function workshopsNow(locals: App.Locals, forum: Forum, actor: Actor): Promise<Record<string, WorkshopNow>> {
  const languages = [locals.locale, ...forum.languages];
  const views = forum.agenda
    .filter((item) => item.kind === 'workshop')
    .map(async ({ id }) => [id, await locals.services.workshops.view(id, actor)] as const);
  return Object.fromEntries(
    (await Promise.all(views)).flatMap(([id, view]) => (view ? [[id, workshopNow(view, languages)]] : [])),
  );
}

export const actions: Actions = {
  rotate: async ({ locals, params }) => {
    const { forum } = await seated(locals, params.slug, 'organizer');
    const rotated = await locals.services.forums.rotateCode(forum.id, forum.version);
    return rotated.ok ? { rotated: true } : fail(409, { refusal: rotated.refusal });
  },

  /** From any page of a rehearsal; leads back to its forum, also when it had ended before. */
  endRehearsal: async ({ locals, params }) => {
    const rehearsed = await rehearsedForum(locals, params.slug);
    if (rehearsed) redirect(303, `/forums/${rehearsed.slug}?${ENDED}`);
    const { forum } = await seated(locals, params.slug, 'organizer');
    if (!forum.rehearsal) return fail(403, { refusal: { kind: 'notAllowed' } satisfies Refusal });
    await locals.services.rehearsals.end(forum);
    const of = await locals.services.forums.byId(forum.rehearsal.of);
    redirect(303, of ? `/forums/${of.slug}?${ENDED}` : '/forums');
  },
};
