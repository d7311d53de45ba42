import { fail } from '@sveltejs/kit';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { mayRead, seated } from '#lib/forum/seated.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { readForm } from '../../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const found = await seated(locals, params.slug);
  const { forum, seat } = found;
  const isOpen = forum.outcome.isOpen === true;
  const shown = { head: mastheadOf(forum, seat.role), isOpen, mayOpen: seat.role === 'organizer' };
  if (!mayRead(found, { kind: 'outcome', isOpen }))
    return { ...shown, document: null, left: null, mark: null, work: null };
  const { document, left, isCut, mark } = await locals.services.outcomes.page(forum);
  const paper = { document, left: isCut ? left : null, mark };
  if (!mayRead(found, { kind: 'people' })) return { ...shown, ...paper, work: null };
  const people = await locals.services.seats.people(forum.id);
  const names = Object.fromEntries(people.map(({ person }) => [person.seatId, person.name]));
  const rooms = forum.agenda.flatMap((item) => (item.kind === 'workshop' ? item.rooms : []));
  // What a browser needs to assemble the document itself while people write.
  return { ...shown, ...paper, work: { forum, rooms, seat: seat.id, names } };
};

export const actions: Actions = {
  /** Shows the outcome to everybody in the forum, or to those who run it only. */
  show: async (event) => {
    const { locals, params } = event;
    const { forum } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const shown = await locals.services.forums.showOutcome(
      forum.id,
      forum.version,
      form.value.get('to') === 'everybody',
    );
    return shown.ok ? { shown: true } : fail(statusOf(shown.refusal), { refusal: shown.refusal });
  },
};
