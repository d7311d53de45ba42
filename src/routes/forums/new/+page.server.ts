import { fail, redirect } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { blankDraft } from '#lib/forum/draft.ts';
import { importedForum, readForum } from '#lib/forum/submitted.server.ts';
import { newId } from '#lib/new-id.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  return { draft: blankDraft(locals.locale), form: newId() };
};

const NOT_SIGNED_IN: Refusal = { kind: 'notAllowed' };

export const actions: Actions = {
  create: async (event) => {
    const { locals } = event;
    if (!locals.account) return fail(403, { refusal: NOT_SIGNED_IN, values: null });
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal, values: null });
    const { draft, details } = readForum(form.value, locals.locale, null);
    if (!details.ok) return fail(statusOf(details.refusal), { refusal: details.refusal, values: draft });
    const created = await locals.services.forums.createOnce(locals.account, details.value, field(form.value, 'form'));
    if (!created.ok) return fail(409, { refusal: created.refusal, values: draft });
    redirect(303, `/forums/${created.value.slug}`);
  },

  import: async (event) => {
    const { locals } = event;
    if (!locals.account) return fail(403, { importRefusal: NOT_SIGNED_IN, pasted: '' });
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { importRefusal: form.refusal, pasted: '' });
    const { text, details } = await importedForum(form.value);
    if (!details.ok) return fail(400, { importRefusal: details.refusal, pasted: text });
    const created = await locals.services.forums.createOnce(locals.account, details.value, field(form.value, 'form'));
    if (!created.ok) return fail(409, { importRefusal: created.refusal, pasted: text });
    redirect(303, `/forums/${created.value.slug}`);
  },
};
