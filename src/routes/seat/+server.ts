import { json } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../field.ts';
import { readForm } from '../read-body.ts';
import type { RequestHandler } from './$types';

/** A link that takes the sender's own seat in the forum `slug` along to another device. */
export const POST: RequestHandler = async (event) => {
  const { locals, url } = event;
  const form = await readForm(event);
  if (!form.ok) return refuse(form.refusal);
  const forum = await locals.services.forums.bySlug(field(form.value, 'slug'));
  const own = forum && (await locals.seatIn(forum.id));
  if (!own) return refuse({ kind: 'seatUnknown' }); // a forum that is not there is answered alike
  const origin = locals.services.guestOrigin(url.origin);
  // An account's seat is had by signing in, wherever: the link shows the way and opens nothing.
  if (own.seat.accountId !== null) return json({ link: `${origin}/sign-in?next=/forums/${forum.slug}` });
  return json({ link: `${origin}/seat/${await locals.services.seats.moves.link(own.seat.id)}` });
};

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });
