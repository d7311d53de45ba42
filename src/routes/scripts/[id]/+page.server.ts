import { fail, redirect } from '@sveltejs/kit';
import type { Refusal } from '#domain/refusal.ts';
import { draftOf } from '#lib/script/editor/draft-script.ts';
import { hallsOf } from '#lib/script/halls.server.ts';
import { sentScript, toldProblems } from '#lib/script/uploaded.server.ts';
import { statusOf } from '#protocol/refusal-status.ts';
import { field } from '../../field.ts';
import { readForm } from '../../read-body.ts';
import { refusePage } from '../../refuse.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { account, services } = locals;
  if (!account) redirect(303, `/sign-in?next=${encodeURIComponent(url.pathname)}`);
  const own = await services.scripts.own.one(account.id, params.id);
  if (!own) refusePage({ kind: 'scriptUnknown' });
  return { id: own.id, version: own.version, script: draftOf(own.script), halls: await hallsOf(locals, account.id) };
};

export const actions: Actions = {
  save: async (event) => {
    const { account, services } = event.locals;
    if (!account) return refuse({ kind: 'notAllowed' });
    const { own } = services.scripts;
    const { id } = event.params;
    if (!(await own.one(account.id, id))) return refuse({ kind: 'scriptUnknown' });
    const form = await readForm(event);
    if (!form.ok) return refuse(form.refusal);
    const sent = sentScript(field(form.value, 'script'));
    if ('refusal' in sent) return refuse(sent.refusal);
    if ('problems' in sent) return fail(400, { ...NONE, told: toldProblems(sent.problems) });
    const saved = await own.save(account.id, id, Number(field(form.value, 'was')), sent.json);
    if ('saved' in saved) return { version: saved.saved.version };
    if ('problems' in saved) return fail(400, { ...NONE, told: toldProblems(saved.problems) });
    if (saved.refusal.kind !== 'scriptSavedElsewhere') return refuse(saved.refusal);
    const now = await own.one(account.id, id);
    if (!now) return refuse({ kind: 'scriptUnknown' });
    return fail(409, { ...NONE, stored: { version: now.version, script: draftOf(now.script) } });
  },
};

const NONE = { refusal: null, told: null, stored: null };
const refuse = (refusal: Refusal) => fail(statusOf(refusal), { ...NONE, refusal });
