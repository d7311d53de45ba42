import { redirect } from '@sveltejs/kit';
import { leads } from '#domain/permissions/may.ts';
import { wordsOfStep } from '#lib/board/step-words.ts';
import { sayEnded } from '#lib/forum/seated.server.ts';
import { loadCatalogue } from '#lib/i18n/locales.ts';
import { translator } from '#lib/i18n/text.ts';
import { titleIn } from '#lib/rehearsal/title-in.ts';
import { groupAsked } from '#lib/board/groups/group-asked.server.ts';
import { parseDocumentName } from '#protocol/document-name.ts';
import { refusePage } from '../../../../refuse.ts';
import type { PageServerLoad } from './$types';

/**
 * The board of the room that one sits in, or of the group in which one writes now; who runs the workshop chooses another with `?room=`,
 * and whoever was in a group reads there with `?group=`. A group that is out of reach, or none, is answered with the way on.
 */
export const load: PageServerLoad = async ({ params, url, locals }) => {
  const { forums, workshops, reading, documents } = locals.services;
  const forum = await forums.bySlug(params.slug);
  const seated = forum && (await locals.seatIn(forum.id));
  if (!seated) {
    await sayEnded(locals, params.slug);
    // Whoever lost a seat types the code again; whether there is such a forum they are not told.
    redirect(303, '/join');
  }
  const plan = forum.agenda.find((item) => item.id === params.id);
  if (plan?.kind !== 'workshop') refusePage({ kind: 'workshopUnknown' });

  const me = { seatId: seated.seat.id, role: seated.seat.role };
  const own = await workshops.takeSeat(plan.id, me);
  const view = await workshops.view(plan.id, me);
  if (!view) refusePage({ kind: 'workshopUnknown' });
  const group = await groupAsked(workshops, view, me, url.searchParams, locals.services.time());
  if (!group && url.searchParams.has('group')) redirect(303, leads(me) ? `${url.pathname}/groups` : url.pathname);
  const asked = group?.room ?? url.searchParams.get('room') ?? own;
  const room = view.rooms.find(({ id }) => id === asked);
  if (!room) refusePage({ kind: 'roomUnknown' });
  const document = group?.document ?? parseDocumentName(room.document ?? '')?.name;
  if (!document) refusePage({ kind: 'notAllowed' });

  const t = translator(await loadCatalogue(locals.locale), locals.locale);
  const languages = [seated.person.language, ...forum.languages];
  const name = group
    ? t(group.size === 2 ? 'groups.pairIn' : 'groups.groupIn', { room: room.name, place: group.place })
    : room.name;
  const isRehearsal = forum.rehearsal !== undefined;
  return {
    title: titleIn(t, isRehearsal, `${name} · ${forum.title}`),
    isRehearsal,
    /** The board has the window to itself. */
    bare: true,
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    question: plan.question ?? plan.title,
    room: {
      id: room.id,
      name,
      document,
    },
    group: group && { step: group.step, number: group.number, seats: group.seats },
    me: { ...me, name: seated.person.name, language: seated.person.language, languages: forum.languages },
    place: {
      slug: forum.slug,
      title: forum.title,
      isOutcomeOpen: forum.outcome.isOpen === true,
      seat: seated.person,
      asks: { countries: forum.countries, languages: forum.languages, joinForm: forum.joinForm },
    },
    view,
    words: wordsOfStep(t, view, languages, room.id, false, document),
    people: await reading.people(forum, me),
    board: await documents.beginningOfBoard(document),
    now: locals.services.time(),
  };
};
