import { error, fail, redirect, type RequestEvent } from '@sveltejs/kit';
import { DEFAULT_JOIN_FORM, type Forum } from '#domain/forum/forum.ts';
import type { ForumId } from '#domain/ids.ts';
import { nearestCountry } from '#domain/languages/nearest-country.ts';
import { languagesFrom } from '#lib/i18n/accept-language.ts';
import type { Refusal } from '#domain/refusal.ts';
import { countryQuestion } from '#lib/join/country-question.server.ts';
import type { KeptForm } from '#lib/join/kept-form.ts';
import { nameQuestion } from '#lib/join/name-question.server.ts';
import { likelyLanguage } from '#lib/join/languages-offered.ts';
import { LONGEST, typedCode } from '#lib/join/typed-code.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import type { AtTheDoor, Joined } from '#server/forum/arrivals.ts';
import { keepMark, keepSeat } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

const addressOf = (event: RequestEvent) => event.getClientAddress();
const cookieOf = (event: RequestEvent) => event.request.headers.get('cookie') ?? undefined;

export const load: PageServerLoad = async (event) => {
  const { locals, params, url, request, cookies } = event;
  const opened = await locals.services.seats.codes.forumOf(params.code, addressOf(event));
  if (!opened.ok) refusePage(opened.refusal);
  const forum = opened.value;
  const blank = locals.services.seats.blankForm();
  // It comes back with the form, or this browser keeps no cookies.
  keepMark(cookies, locals.services, blank.mark);
  const seated = await locals.seatIn(forum.id);
  const asks = asksAnew(url);
  // The account's seat counts in this browser: nobody else's would.
  const isSignedIn = seated !== null && seated.seat.accountId !== null && asks === 'other';
  const known = asks === null || isSignedIn ? seated : null;
  const waits =
    known || asks ? null : await locals.services.seats.door.placeOfRequest({ cookie: cookieOf(event) }, forum.id);
  if (waits) redirect(303, `/forums/${forum.slug}/door`);
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
    formId: blank.id,
    /** Where alone cookies are kept, when the operator has said it. */
    origin: locals.services.config.origin ?? null,
    known: known && { name: known.person.name, isSignedIn },
    asks,
    /** Whose seat this browser has until somebody else sits down in it. */
    gives: asks === 'other' && seated ? seated.person.name : null,
    language: likelyLanguage(wanted, forum.languages, forum.language),
  };
};

/** A name of somebody who runs the forum, for whoever does not have it yet. */
async function isLeadersName({ locals, url }: RequestEvent, forum: ForumId, name: string): Promise<boolean> {
  const known = asksAnew(url) === 'other' ? null : await locals.seatIn(forum);
  return locals.services.seats.asksForName(forum, name, known);
}

/** The page of a code that is no longer one has no forum to load: what was sent from it goes along with the answer. */
function keepForm(
  { countries, languages, joinForm }: Pick<Forum, 'countries' | 'languages' | 'joinForm'>,
  told: Omit<KeptForm, 'forum'>,
  refusal?: Refusal,
): never {
  const kept = { ...told, forum: { countries, languages, joinForm } };
  error(refusal ? statusOf(refusal) : 422, { message: refusal?.kind ?? 'asked', kept, ...(refusal && { refusal }) });
}

const NO_FORUM = { countries: [], languages: [], joinForm: DEFAULT_JOIN_FORM };

/** Why the form is shown to a browser that has a seat: for somebody else's, or because the forum asks for more. */
function asksAnew(url: URL): 'other' | 'again' | null {
  if (url.searchParams.has('other')) return 'other';
  return url.searchParams.has('again') ? 'again' : null;
}

const UNREAD = {
  name: '',
  country: '',
  organisation: '',
  language: '',
  id: '',
  code: '',
  countryAsked: '',
  nameAsked: '',
};

export const actions: Actions = {
  join: async (event) => {
    const { locals, params, cookies, url } = event;
    const read = await readForm(event);
    if (!read.ok) return fail(statusOf(read.refusal), { refusal: read.refusal, values: UNREAD });
    const form = read.value;
    const values = {
      name: field(form, 'name'),
      // Words count before a tap: they are there only when they were typed after it, or where no script ran.
      country: field(form, 'country').trim() || field(form, 'nearCountry'),
      organisation: field(form, 'organisation'),
      language: field(form, 'language'),
      id: field(form, 'id'),
      code: typedCode(field(form, 'code').slice(0, LONGEST)),
      countryAsked: field(form, 'countryAsked'),
      nameAsked: field(form, 'nameAsked'),
    };
    const code = values.code || params.code;
    const opened = await locals.services.seats.codes.forumOf(code, addressOf(event));
    if (!opened.ok) keepForm(NO_FORUM, { values }, opened.refusal);
    const forum = opened.value;
    // The page gave this browser a cookie and it did not come back: a seat would be lost with the next page, and each try leave one.
    if (cookieOf(event) === undefined) {
      keepMark(cookies, locals.services, locals.services.seats.blankForm().mark);
      return { cookiesRefused: true, values };
    }
    // Asked once about the same words: nobody is turned away by how they write their country.
    const isAsked = values.countryAsked === values.country;
    const near = isAsked ? null : nearestCountry(values.country);
    if (near) {
      const asked = {
        near: await countryQuestion(near, locals.locale),
        values: { ...values, countryAsked: values.country },
      };
      if (values.code) keepForm(forum, asked);
      return asked;
    }
    // Once as well: two people may have one name.
    if (values.nameAsked !== values.name && (await isLeadersName(event, forum.id, values.name))) {
      const asked = {
        namesake: await nameQuestion(values.name, locals.locale),
        values: { ...values, nameAsked: values.name },
      };
      if (values.code) keepForm(forum, asked);
      return asked;
    }
    const meant = isAsked ? field(form, 'countryMeant') : '';
    const joined = await locals.services.seats.join(
      { ...values, country: meant || values.country, code, id: values.id || null },
      {
        address: addressOf(event),
        cookie: cookieOf(event),
        userAgent: event.request.headers.get('user-agent'),
        asSomebodyElse: asksAnew(url) === 'other',
      },
    );
    if (!joined.ok) {
      const { refusal } = joined;
      const id = refusal.kind === 'formSpent' ? locals.services.seats.blankForm().id : values.id;
      const kept = { ...values, id, countryAsked: meant ? '' : values.countryAsked };
      if (values.code) keepForm(forum, { values: kept }, refusal);
      return fail(statusOf(refusal), { refusal, values: kept });
    }
    if (joined.value.token) keepSeat(cookies, locals.services, joined.value.forum.id, joined.value.token);
    keepMark(cookies, locals.services, joined.value.mark);
    redirect(303, placeOf(joined.value));
  },

  /** The seat this browser has already: joined again as the same person, so that a room opened since seats it too. */
  continue: async (event) => {
    const { locals, params } = event;
    const { seats } = locals.services;
    const opened = await seats.codes.forumOf(params.code, addressOf(event));
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
    redirect(303, placeOf(joined.value));
  },
};

function placeOf(arrived: Joined | AtTheDoor): string {
  const { slug } = arrived.forum;
  if (arrived.kind === 'waiting') return `/forums/${slug}/door`;
  return arrived.workshop ? `/forums/${slug}/workshops/${arrived.workshop}` : `/forums/${slug}`;
}
