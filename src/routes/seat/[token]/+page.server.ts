import { redirect } from '@sveltejs/kit';
import { keepSeat } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import type { Actions } from './$types';

/** Opening the page spends nothing, because messengers and link previews open links too; the button does. */
export const actions: Actions = {
  default: async ({ locals, params, cookies }) => {
    const claimed = await locals.services.seats.claimMove(params.token);
    if (!claimed.ok) refusePage(claimed.refusal);
    const { forum, token } = claimed.value;
    keepSeat(cookies, locals.services, forum.id, token);
    const workshop = forum.agenda.find(({ kind }) => kind === 'workshop');
    redirect(303, workshop ? `/forums/${forum.slug}/workshops/${workshop.id}` : `/forums/${forum.slug}`);
  },
};
