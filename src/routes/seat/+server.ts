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
  const origin = locals.services.guestOrigin(url.origin);
  // An account's seat is had by signing in, wherever: the link shows the way and opens nothing.
  if (own.seat.accountId !== null) return json({ link: `${origin}/sign-in?next=/forums/${forum.slug}` });
  return json({ link: `${origin}/seat/${await locals.services.seats.moveLink(own.seat.id)}` });
};

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });
