import { fail, redirect } from '@sveltejs/kit';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { keepSession } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const invitation = await locals.services.accounts.invitation(params.token);
  if (!invitation.ok) refusePage(invitation.refusal);
  const { forum, role } = invitation.value;
  return {
    forum: { title: forum.title, language: forum.language, from: forum.from, to: forum.to, place: forum.place },
    role,
  };
};

/** Only who holds an open invitation is read. */
async function formOf(event: RequestEvent): Promise<FormData> {
  const invitation = await event.locals.services.accounts.invitation(event.params.token);
  if (!invitation.ok) refusePage(invitation.refusal);
  const form = await readForm(event);
  return form.ok ? form.value : refusePage(form.refusal);
}

export const actions: Actions = {
  /** Whoever is signed in. */
  accept: async ({ locals, params }) => {
    if (!locals.account) redirect(303, `/invite/${encodeURIComponent(params.token)}`);
    const accepted = await locals.services.accounts.acceptInvite(params.token, locals.account);
    if (!accepted.ok) return fail(statusOf(accepted.refusal), { way: 'accept' as const, refusal: accepted.refusal });
    redirect(303, `/forums/${accepted.value.forum.slug}`);
  },

  signIn: async (event) => {
    const { locals, params, cookies, getClientAddress } = event;
    const { accounts, cookies: jar } = locals.services;
    const form = await formOf(event);
    const email = field(form, 'email');
    const mark = cookies.get(jar.device) ?? null;
    const signedIn = await accounts.signInPatiently(email, field(form, 'password'), getClientAddress(), mark);
    const accepted = signedIn.ok ? await accounts.acceptInvite(params.token, signedIn.value) : signedIn;
    if (!accepted.ok) {
      return fail(statusOf(accepted.refusal), {
        way: 'signIn' as const,
        refusal: accepted.refusal,
        values: { name: '', email },
      });
    }
    await keepSession(event, accepted.value.account);
    redirect(303, `/forums/${accepted.value.forum.slug}`);
  },

  signUp: async (event) => {
    const { locals, params } = event;
    const form = await formOf(event);
    const values = { name: field(form, 'name'), email: field(form, 'email') };
    const password = field(form, 'password');
    const accepted = await locals.services.accounts.acceptInvite(params.token, { ...values, password });
    if (!accepted.ok)
      return fail(statusOf(accepted.refusal), { way: 'signUp' as const, refusal: accepted.refusal, values });
    await keepSession(event, accepted.value.account);
    redirect(303, `/forums/${accepted.value.forum.slug}`);
  },
};
