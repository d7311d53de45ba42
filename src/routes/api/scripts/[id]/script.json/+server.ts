import { error } from '@sveltejs/kit';
import { slugOf } from '#domain/forum/slug.ts';
import { attachment } from '#lib/outcome/attachment.ts';
import type { RequestHandler } from './$types';

/** One's own script, or one that comes with Dastarkhan, to be given to somebody else or read by `script check`. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { account, services } = locals;
  if (!account) error(404);
  const own = await services.scripts.own.one(account.id, params.id);
  const file = own?.script ?? services.scripts.library.find(({ id }) => id === params.id);
  if (!file) error(404);
  const title = file.title[locals.locale] ?? Object.values(file.title)[0] ?? '';
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: attachment('application/json', `${own ? slugOf(title) : params.id}.json`),
  });
};
