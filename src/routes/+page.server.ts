import type { Forum } from '#domain/forum/forum.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, request }) => {
  const { forums, seats } = locals.services;
  const own = locals.account && (await forums.ofAccount(locals.account.id));
  const seated = await seats.forumsOf({ cookie: request.headers.get('cookie') ?? undefined });
  return {
    forums: own && own.map(entryOf),
    seated: seated.filter(({ id }) => !own?.some((forum) => forum.id === id)).map(entryOf),
  };
};

const entryOf = ({ slug, title, language, from, to, place }: Forum) => ({ slug, title, language, from, to, place });
