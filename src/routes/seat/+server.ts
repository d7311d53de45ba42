import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../field.ts';
import type { RequestHandler } from './$types';

/** A link that takes the sender's own seat in the forum `slug` along to another device. */
export const POST: RequestHandler = async ({ request, locals, url }) => {
  const forum = await locals.services.forums.bySlug(field(await request.formData(), 'slug'));
  if (!forum) return refuse({ kind: 'forumUnknown' });
  const own = await locals.seatIn(forum.id);
  if (!own) return refuse({ kind: 'seatUnknown' });
  const token = await locals.services.seats.moveLink(own.seat.id);
  return json({ link: `${locals.services.guestOrigin(url.origin)}/seat/${token}` });
};

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });
