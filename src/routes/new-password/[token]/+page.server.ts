import { fail, redirect } from '@sveltejs/kit';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { keepSession } from '../../keep-cookies.ts';
import { readForm } from '../../read-body.ts';
import { refusePage } from '../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const account = await locals.services.newPasswords.ofLink(params.token);
  if (!account.ok) refusePage(account.refusal);
  return { email: account.value.email, name: account.value.name };
};

export const actions: Actions = {
  default: async (event) => {
    const { newPasswords } = event.locals.services;
    const { token } = event.params;
    // Only who holds an open link is read.
    const open = await newPasswords.ofLink(token);
    if (!open.ok) refusePage(open.refusal);
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal });
    const claimed = await newPasswords.claim(token, field(form.value, 'password'));
    if (!claimed.ok) return fail(statusOf(claimed.refusal), { refusal: claimed.refusal });
    await keepSession(event, claimed.value);
    redirect(303, '/account');
  },
};
