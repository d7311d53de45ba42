import { redirect } from '@sveltejs/kit';
import { endSession } from '../keep-cookies.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) redirect(303, '/sign-in?next=/account');
  const forums = await locals.services.forums.ofAccount(locals.account.id);
  return {
    email: locals.account.email,
    forums: forums.map(({ slug, title, language, from, to, place }) => ({ slug, title, language, from, to, place })),
  };
};

export const actions: Actions = {
  signOut: async ({ locals, cookies }) => {
    await endSession(cookies, locals.services);
    redirect(303, '/');
  },
};
