import { fail, redirect } from '@sveltejs/kit';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { keepSession } from '../../keep-cookies.ts';
import { refusePage } from '../../refuse.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const open = await locals.services.accounts.setUpIsOpen(params.token);
  if (!open.ok) refusePage(open.refusal);
  const { certificate } = locals.services.config;
  return { certificate: certificate ? { words: certificate.words, fingerprint: certificate.fingerprint } : null };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const open = await locals.services.accounts.setUpIsOpen(params.token);
    if (!open.ok) refusePage(open.refusal);
    const read = await readForm(event);
    if (!read.ok) return refusePage(read.refusal);
    const form = read.value;
    const values = { name: field(form, 'name'), email: field(form, 'email') };
    const password = field(form, 'password');
    const claimed = await locals.services.accounts.claimSetUp(params.token, { ...values, password });
    if (!claimed.ok) return fail(statusOf(claimed.refusal), { refusal: claimed.refusal, values });
    await keepSession(event, claimed.value);
    redirect(303, '/');
  },
};
