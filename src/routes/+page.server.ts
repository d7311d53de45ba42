import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
  if (!locals.account) return { forums: null };
  const forums = await locals.services.forums.ofAccount(locals.account.id);
  return {
    forums: forums.map(({ slug, title, language, from, to, place }) => ({ slug, title, language, from, to, place })),
  };
};
