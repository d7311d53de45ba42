import { fail, redirect, type RequestEvent } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import type { Account } from '#server/storage/ports/accounts.ts';
import { field } from '../field.ts';
import { endSession, keepKnownDevice } from '../keep-cookies.ts';
import { leavingHeaders } from '../leaving-headers.ts';
import { readForm } from '../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, cookies }) => {
  const { account, services } = locals;
  if (!account) redirect(303, '/sign-in?next=/account');
  const [forums, devices, links] = await Promise.all([
    services.forums.ofAccount(account.id),
    services.sessions.devices(account.id, cookies.get(services.cookies.session) ?? null),
    services.newPasswords.links(account.id),
  ]);
  const people = await Promise.all(links.map(({ by }) => services.storage.people.person(by)));
  return {
    email: account.email,
    forums: forums.map(({ slug, title, language, from, to, place }) => ({ slug, title, language, from, to, place })),
    devices,
    links: links.map(({ createdAt, spentAt }, index) => ({
      by: people[index]?.name ?? null,
      createdAt,
      isSpent: spentAt !== null,
    })),
  };
};

export const actions: Actions = {
  signOut: async (event) => {
    await endSession(event.cookies, event.locals.services);
    leavingHeaders(event);
    redirect(303, '/');
  },

  endDevice: async (event) => {
    const { account, form } = await asked(event);
    if (!form) return refuse('devices', UNREADABLE);
    await event.locals.services.sessions.endDevice(account.id, field(form, 'device'));
    return { ended: true };
  },

  endOthers: async (event) => {
    const { account } = await asked(event);
    const { sessions, cookies: jar } = event.locals.services;
    await sessions.endAll(account.id, event.cookies.get(jar.session) ?? null);
    return { ended: true };
  },

  password: async (event) => {
    const { account, form } = await asked(event);
    if (!form) return refuse('password', UNREADABLE);
    const { newPasswords, cookies: jar } = event.locals.services;
    const unproved = await confirm(event, account, form);
    if (unproved) return refuse('password', unproved);
    const set = await newPasswords.set(account.id, field(form, 'password'), event.cookies.get(jar.session) ?? null);
    if (!set.ok) return refuse('password', set.refusal);
    await keepKnownDevice(event, account);
    return { changed: true };
  },

  erase: async (event) => {
    const { account, form } = await asked(event);
    if (!form) return refuse('erase', UNREADABLE);
    const unproved = await confirm(event, account, form);
    if (unproved) return refuse('erase', unproved);
    const erased = await event.locals.services.erasure.account(account.id);
    if (!erased.ok) return refuse('erase', erased.refusal);
    await endSession(event.cookies, event.locals.services);
    leavingHeaders(event);
    redirect(303, '/');
  },
};

const UNREADABLE: Refusal = { kind: 'formUnreadable' };

const refuse = <Way extends string>(way: Way, refusal: Refusal) => fail(statusOf(refusal), { way, refusal });

/** Only who is signed in is read. */
async function asked(event: RequestEvent): Promise<{ account: Account; form: FormData | null }> {
  const { account } = event.locals;
  if (!account) redirect(303, '/sign-in?next=/account');
  const read = await readForm(event);
  return { account, form: read.ok ? read.value : null };
}

/** A page left open must not be enough: whoever changes or erases an account knows its password. */
async function confirm(event: RequestEvent, account: Account, form: FormData): Promise<Refusal | null> {
  const { accounts, cookies: jar } = event.locals.services;
  const mark = event.cookies.get(jar.device) ?? null;
  const proved = await accounts.confirm(account, field(form, 'current'), event.getClientAddress(), mark);
  return proved.ok ? null : proved.refusal;
}
