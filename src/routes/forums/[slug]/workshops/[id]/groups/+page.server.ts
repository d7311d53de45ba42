import { listedGroups } from '#domain/workshop/groups/list.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { refusePage } from '../../../../../refuse.ts';
import type { PageServerLoad } from './$types';

/** All pairs and groups that worked, or work now, in one workshop, with their boards where they write. */
export const load: PageServerLoad = async ({ params, locals }) => {
  const { services } = locals;
  const { forum } = await reading(locals, params.slug, { kind: 'group', of: [] });
  const plan = forum.agenda.find((item) => item.id === params.id);
  const state = plan?.kind === 'workshop' ? await services.workshops.state(plan.id) : null;
  if (plan?.kind !== 'workshop' || !state) refusePage({ kind: 'workshopUnknown' });
  const people = await services.seats.people(forum.id);
  return {
    forum: { slug: forum.slug, title: forum.title, language: forum.language },
    isRehearsal: forum.rehearsal !== undefined,
    workshop: { id: plan.id, title: plan.title },
    steps: listedGroups(state, services.time()),
    names: Object.fromEntries(people.map(({ seat, person }) => [seat.id, person.name])),
  };
};
