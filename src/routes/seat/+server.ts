import { json } from '@sveltejs/kit';
import type { WorkshopId } from '#domain/ids.ts';
import { leads } from '#domain/permissions/may.ts';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../field.ts';
import { readForm } from '../read-body.ts';
import type { RequestHandler } from './$types';

/**
 * A link that takes the sender's own seat in the forum `slug` along to another device; with a `workshop`, one that makes another machine its
 * screen, by `name`, for those who may show one.
 */
export const POST: RequestHandler = async (event) => {
  const { locals, url } = event;
  const form = await readForm(event);
  if (!form.ok) return refuse(form.refusal);
  const forum = await locals.services.forums.bySlug(field(form.value, 'slug'));
  const own = forum && (await locals.seatIn(forum.id));
  if (!own) return refuse({ kind: 'seatUnknown' }); // a forum that is not there is answered alike
  const origin = locals.services.guestOrigin(url.origin);
  const workshop = field(form.value, 'workshop');
  if (workshop !== '') {
    const plan = forum.agenda.find(({ kind, id }) => kind === 'workshop' && id === workshop);
    if (!leads(own.seat) || !plan) return refuse({ kind: 'notAllowed' });
    const link = await locals.services.seats.moves.screenLink(forum, plan.id as WorkshopId, field(form.value, 'name'));
    return link.ok ? json({ link: `${origin}/seat/${link.value}` }) : refuse(link.refusal);
  }
  // An account's seat is had by signing in, wherever: the link shows the way and opens nothing.
  if (own.seat.accountId !== null) return json({ link: `${origin}/sign-in?next=/forums/${forum.slug}` });
  return json({ link: `${origin}/seat/${await locals.services.seats.moves.link(own.seat.id)}` });
};

const refuse = (refusal: Refusal) => json({ refusal }, { status: statusOf(refusal) });
