import { error } from '@sveltejs/kit';
import type { WorkshopId } from '#domain/ids.ts';
import { reading } from '#lib/forum/seated.server.ts';
import { attachment } from '#lib/outcome/attachment.ts';
import type { RequestHandler } from './$types';

/** The script as it stands now, to be read by another forum or by `script check`. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { forum } = await reading(locals, params.slug, { kind: 'controlRoom' });
  const plan = forum.agenda.find((item) => item.id === params.id && item.kind === 'workshop');
  const state = plan && (await locals.services.workshops.state(plan.id as WorkshopId));
  if (!plan || !state) error(404);
  const file = locals.services.scripts.file(state, { [forum.language]: plan.title });
  return new Response(`${JSON.stringify(file, null, 2)}\n`, {
    headers: attachment('application/json', `${forum.slug}-script.json`),
  });
};
