import { redirect } from '@sveltejs/kit';
import { leaveDevice } from '../keep-cookies.ts';
import { leavingHeaders } from '../leaving-headers.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, cookies }) => {
  const { cookies: jar } = locals.services;
  const isSeated = cookies.getAll().some(({ name }) => jar.isSeat(name));
  return { isKnown: locals.account !== null || isSeated };
};

export const actions: Actions = {
  default: async (event) => {
    await leaveDevice(event);
    leavingHeaders(event);
    redirect(303, '/leave');
  },
};
