import { fail } from '@sveltejs/kit';
import { draftOf } from '#lib/forum/draft.ts';
import { mastheadOf } from '#lib/forum/masthead.ts';
import { reading, seated } from '#lib/forum/seated.server.ts';
import { readForum } from '#lib/forum/submitted.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { readForm } from '../../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { forum, seat } = await reading(locals, params.slug, { kind: 'settings' });
  return { head: mastheadOf(forum, seat.role), draft: draftOf(forum, locals.locale), version: forum.version };
};

export const actions: Actions = {
  default: async (event) => {
    const { locals, params } = event;
    const { forum } = await seated(locals, params.slug, 'organizer');
    const form = await readForm(event);
    if (!form.ok)
      return fail(statusOf(form.refusal), { refusal: form.refusal, values: null, storedVersion: forum.version });
    const { draft, details } = readForum(form.value, locals.locale, forum);
    if (!details.ok) {
      const { refusal } = details;
      return fail(statusOf(refusal), { refusal, values: draft, storedVersion: forum.version });
    }
    const version = Number(form.value.get('version'));
    const saved = await locals.services.forums.update(forum.id, version, details.value);
    if (!saved.ok) return fail(409, { refusal: saved.refusal, values: draft, storedVersion: forum.version });
    return { savedAt: Date.now() };
  },
};
