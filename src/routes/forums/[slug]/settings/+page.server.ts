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
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal, values: null });
    const version = Number(form.value.get('version'));
    const { draft, details } = readForum(form.value, locals.locale, forum);
    if (!details.ok) {
      const { refusal } = details;
      // the version that was read: what was saved since is not overwritten by a second attempt
      return fail(statusOf(refusal), { refusal, values: draft, version, stored: null });
    }
    const saved = await locals.services.forums.update(forum.id, version, details.value);
    if (!saved.ok) {
      const now = await reading(locals, params.slug, { kind: 'settings' });
      const stored = draftOf(now.forum, locals.locale);
      return fail(409, { refusal: saved.refusal, values: draft, version, stored, storedVersion: now.forum.version });
    }
    return { savedAt: Date.now() };
  },
};
