import { fail, redirect } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import type { Forum } from '#domain/forum/forum.ts';
import type { GivenScript } from '#domain/workshop/decide-script.ts';
import type { Actor } from '#domain/forum/seat.ts';
import { blankDraft, type AgendaDraft, type ForumDraft } from '#lib/forum/draft.ts';
import { importedForum, readForum } from '#lib/forum/submitted.server.ts';
import { newId } from '#lib/new-id.ts';
import { shownScript } from '#lib/script/shown-script.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { readForm } from '../../read-body.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  if (!locals.account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const { kept } = await locals.services.scripts.own.of(locals.account.id);
  const own = kept.map(({ id, script }) => ({ ...script, id }));
  const scripts = [...own, ...locals.services.scripts.library].map((one) => {
    const { id, title, minutes } = shownScript(one, [locals.locale]);
    return { id, title, minutes };
  });
  return { draft: blankDraft(locals.locale), form: newId(), scripts };
};

const SCRIPT_UNKNOWN: Refusal = { kind: 'scriptUnknown' };
const NOT_SIGNED_IN: Refusal = { kind: 'notAllowed' };

export const actions: Actions = {
  create: async (event) => {
    const { locals } = event;
    if (!locals.account) return fail(403, { refusal: NOT_SIGNED_IN, values: null });
    const form = await readForm(event);
    if (!form.ok) return fail(statusOf(form.refusal), { refusal: form.refusal, values: null });
    const { draft, details } = readForum(form.value, locals.locale, null);
    if (!details.ok) return fail(statusOf(details.refusal), { refusal: details.refusal, values: draft });
    const given = await ownScripts(locals, draft.agenda);
    if (!given) return fail(404, { refusal: SCRIPT_UNKNOWN, values: draft });
    const created = await locals.services.forums.createOnce(locals.account, details.value, field(form.value, 'form'));
    if (!created.ok) return fail(409, { refusal: created.refusal, values: draft });
    await chooseScripts(locals, created.value, draft, given);
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

/** Those of the chosen scripts that are the account's own; null when one is nowhere. */
async function ownScripts(
  { account, services }: App.Locals,
  agenda: readonly AgendaDraft[],
): Promise<ReadonlyMap<string, GivenScript> | null> {
  const own = new Map<string, GivenScript>();
  for (const script of new Set(agenda.flatMap((item) => item.script || []))) {
    if (services.scripts.library.some(({ id }) => id === script)) continue;
    const given = account && (await services.scripts.given(account.id, script));
    if (!given) return null;
    own.set(script, given);
  }
  return own;
}

/** As the organizer would on the page of each workshop. A workshop that lacks it can be given one there as long as it has not begun. */
async function chooseScripts(
  locals: App.Locals,
  forum: Forum,
  draft: ForumDraft,
  own: ReadonlyMap<string, GivenScript>,
): Promise<void> {
  const mine = await locals.seatIn(forum.id);
  if (!mine) return;
  const actor: Actor = { seatId: mine.seat.id, role: mine.seat.role };
  for (const [index, { script = '' }] of draft.agenda.entries()) {
    const item = forum.agenda[index];
    if (script === '' || item?.kind !== 'workshop') continue;
    const given = own.get(script) ?? null;
    await locals.services.workshops.command(item.id, actor, { kind: 'chooseScript', script }, null, given);
  }
}
