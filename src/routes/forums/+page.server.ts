import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const forums = await locals.services.forums.ofAccount(locals.account.id);
  return {
    forums: forums.map(({ slug, title, language, from, to, place }) => ({ slug, title, language, from, to, place })),
  };
};
