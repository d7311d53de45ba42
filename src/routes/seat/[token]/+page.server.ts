import { redirect } from '@sveltejs/kit';
import { keepSeat } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => ({
  isScreen: await locals.services.seats.moves.isForScreen(params.token),
});

/** Opening the page spends nothing, because messengers and link previews open links too; the button does. */
export const actions: Actions = {
  default: async ({ locals, params, cookies, request }) => {
    const claimed = await locals.services.seats.moves.claim(params.token, request.headers.get('user-agent'));
    if (!claimed.ok) refusePage(claimed.refusal);
    const { forum, seat, token, screen } = claimed.value;
    if (token && screen) {
      keepSeat(cookies, locals.services, forum.id, token);
      redirect(303, `/forums/${forum.slug}/workshops/${screen}/screen`);
    }
    const workshop = forum.agenda.find(({ kind }) => kind === 'workshop');
    const table = workshop ? `/forums/${forum.slug}/workshops/${workshop.id}` : `/forums/${forum.slug}`;
    if (token) keepSeat(cookies, locals.services, forum.id, token);
    else if (locals.account?.id !== seat.accountId) redirect(303, `/sign-in?next=${encodeURIComponent(table)}`);
    redirect(303, table);
  },
};
