import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Forum } from '#domain/forum/forum.ts';
import { countryTyped } from '#lib/forum/country-names.ts';
import { languagesFrom } from '#lib/i18n/locales.ts';
import { likelyLanguage } from '#lib/join/languages-offered.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { keepSeat } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

const addressOf = (event: RequestEvent) => event.getClientAddress();
const cookieOf = (event: RequestEvent) => event.request.headers.get('cookie') ?? undefined;

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, request, cookies } = event;
  const opened = await locals.services.seats.forumOfCode(params.code, addressOf(event));
  if (!opened.ok) refusePage(opened.refusal);
  const forum = opened.value;
  const asksAnew = url.searchParams.has('other') || url.searchParams.has('again');
  const known = asksAnew ? null : await locals.seatIn(forum.id);
  const spoken = languagesFrom(request.headers.get('accept-language'));
  const wanted = cookies.get('locale') ? [locals.locale, ...spoken] : spoken;
  return {
    forum: {
      title: forum.title,
      language: forum.language,
      from: forum.from,
      to: forum.to,
      place: forum.place,
      countries: forum.countries,
      languages: forum.languages,
      joinForm: forum.joinForm,
    },
    known: known && { name: known.person.name },
    language: likelyLanguage(wanted, forum.languages, forum.language),
  };
};

const UNREAD = { name: '', country: '', organisation: '', language: '' };

export const actions: Actions = {
  join: async (event) => {
    const { locals, params, cookies, url } = event;
    const read = await readForm(event);
    if (!read.ok) return fail(statusOf(read.refusal), { refusal: read.refusal, values: UNREAD });
    const form = read.value;
    const values = {
      name: field(form, 'name'),
      country: field(form, 'country'),
      organisation: field(form, 'organisation'),
      language: field(form, 'language'),
    };
    const country = countryTyped(values.country, locals.locale);
    const cookie = url.searchParams.has('other') ? undefined : cookieOf(event);
    const joined = await locals.services.seats.join(
      { ...values, country, code: params.code },
      { address: addressOf(event), cookie },
    );
    if (!joined.ok) return fail(statusOf(joined.refusal), { refusal: joined.refusal, values });
    if (joined.value.token) keepSeat(cookies, locals.services, joined.value.forum.id, joined.value.token);
    redirect(303, tableOf(joined.value.forum, joined.value.workshop));
  },

  /** The seat this browser has already: joined again as the same person, so that a room opened since seats it too. */
  continue: async (event) => {
    const { locals, params } = event;
    const { seats } = locals.services;
    const opened = await seats.forumOfCode(params.code, addressOf(event));
    if (!opened.ok) return fail(statusOf(opened.refusal), { refusal: opened.refusal });
    const known = await locals.seatIn(opened.value.id);
    if (!known) redirect(303, `/join/${encodeURIComponent(params.code)}`);
    const { name, country, organisation, language } = known.person;
    const joined = await seats.join(
      { code: params.code, name, country, organisation, language },
      { address: addressOf(event), cookie: cookieOf(event) },
    );
    // What the forum asks for may have changed since: then the form asks for it.
    if (!joined.ok) redirect(303, `/join/${encodeURIComponent(params.code)}?again`);
    redirect(303, tableOf(joined.value.forum, joined.value.workshop));
  },
};

const tableOf = (forum: Forum, workshop: string | null): string =>
  workshop ? `/forums/${forum.slug}/workshops/${workshop}` : `/forums/${forum.slug}`;
