import { fail, redirect } from '@sveltejs/kit';
import { localPath } from '#lib/shell/local-path.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../field.ts';
import { keepSession } from '../keep-cookies.ts';
import { readForm } from '../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

const next = (url: URL) => localPath(url.searchParams.get('next'), '/');

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.account) redirect(303, next(url));
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, cookies, url, getClientAddress } = event;
    const { accounts, cookies: jar } = locals.services;
    const read = await readForm(event);
    if (!read.ok) return fail(statusOf(read.refusal), { refusal: read.refusal, values: { email: '' } });
    const form = read.value;
    const email = field(form, 'email');
    const mark = cookies.get(jar.device) ?? null;
    const signedIn = await accounts.signInPatiently(email, field(form, 'password'), getClientAddress(), mark);
    if (!signedIn.ok) return fail(statusOf(signedIn.refusal), { refusal: signedIn.refusal, values: { email } });
    await keepSession(event, signedIn.value);
    redirect(303, next(url));
  },
};
